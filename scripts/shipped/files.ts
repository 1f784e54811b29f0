/**
 * Lists the files of node_modules that run on a vehicle, each ended by a NUL: tsx scripts/shipped/files.ts CHECKOUT x64|arm64 [--with-tfjs]
 * scripts/copy-program copies them.
 */
import { runningFiles, runningPackages } from './running.js'

const [checkout, cpu, more] = process.argv.slice(2)
if (checkout === undefined || cpu === undefined) throw new Error('a checkout and a processor are wanted: files.ts CHECKOUT x64|arm64')
for (const one of runningPackages(checkout, more === '--with-tfjs')) {
  for (const file of runningFiles(checkout, one, cpu)) process.stdout.write(`${file}\0`)
}
