/**
 * Writes the copyright file of the Debian package: tsx scripts/debian/copyright.ts PROGRAM >copyright
 * PROGRAM is the folder as it is shipped. Ends with 1 where an npm package in it has neither a licence file nor its text in licence-texts.ts,
 * and where Node.js lies there without its own.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type NpmPackage, npmPackagesIn } from '../shipped/npm.js'
import { isLicence } from '../shipped/running.js'
import { missing, texts } from './licence-texts.js'

const [program] = process.argv.slice(2)
if (program === undefined) throw new Error('a folder is wanted: copyright.ts PROGRAM')

/** The name of a package's licence file; undefined where it has none. */
const licenceFile = ({ folder }: NpmPackage): string | undefined => readdirSync(path.join(program, folder)).find(isLicence)

const faults: string[] = []
/** One line for a package; where its text comes from. */
function line(one: NpmPackage): string {
  const { folder, name, version, licence } = one
  const file = licenceFile(one)
  const given = missing[name]
  if (file === undefined && given === undefined) {
    faults.push(`${folder} has no licence file: write whose it is into scripts/debian/licence-texts.ts`)
  } else if (file === undefined && given?.licence !== licence) {
    faults.push(`${folder} is under ${licence} by its package.json, and under ${given?.licence} in scripts/debian/licence-texts.ts`)
  }
  return `${name} ${version}: ${licence ?? 'see there'}, ${file === undefined ? 'below' : path.join(folder, file)}`
}

const packages = npmPackagesIn(program)
const lines = packages.map(line)
const without = packages.filter((one) => licenceFile(one) === undefined)
if (!existsSync(path.join(program, 'bin/node.LICENSE')))
  faults.push(`${program}/bin/node.LICENSE is not there: Node.js is shipped with its licence`)

if (faults.length > 0) {
  for (const fault of faults) console.error(`copyright: ${fault}`)
  process.exit(1)
}
console.log(`${readFileSync(path.join(program, 'NOTICE'), 'utf8').trim()}

On Debian the licence is /usr/share/common-licenses/Apache-2.0. Below /usr/lib/kantukd lie Node.js, whose licence and those of what is
in it are bin/node.LICENSE, and these npm packages, each with the file that has its licence:

${lines.join('\n')}

The library of ONNX Runtime has parts of others in it; its project lists them in
https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt`)
for (const { name, version } of without) {
  const given = missing[name]
  if (given === undefined) continue
  console.log(`\n${'-'.repeat(80)}\n${name} ${version}\nCopyright (c) ${given.holder}\n\n${texts[given.licence]}`)
}
