/**
 * `npm run measure-start`: from the start of the program to the first observation of the drawn driver, and from SIGTERM to its end. `-- --times N` (5).
 * The broker cannot be reached meanwhile, which is the slower case of both. `-- --slow`: on a disk whose every flush takes 2 s more.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startDaemon } from '../bench/daemon.js'
import { drawnRecording, root } from '../bench/recording.js'
import { slowDisk } from '../lab/slow-disk.js'

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' }, slow: { type: 'boolean', default: false } } })
const recording = await drawnRecording()
if (values.slow) Object.assign(process.env, slowDisk(path.join(root, '.cache/lab')))
const [starts, ends]: [number[], number[]] = [[], []]
for (let n = 0; n < Number(values.times); n++) {
  const beganMs = performance.now()
  const daemon = await startDaemon(recording, true)
  starts.push(performance.now() - beganMs)
  const askedMs = performance.now()
  await daemon.stop()
  ends.push(performance.now() - askedMs)
}
const spread = (all: readonly number[]): string => {
  const sorted = [...all].sort((a, b) => a - b)
  const seconds = (at: number) => ((sorted[at] ?? Number.NaN) / 1000).toFixed(2)
  return `${seconds(Math.floor(sorted.length / 2))} | ${seconds(sorted.length - 1)}`
}
process.stdout.write(`| ${values.times} times | median s | longest s |\n|---|---|---|\n`)
process.stdout.write(`| start to the first observation | ${spread(starts)} |\n| SIGTERM to the end | ${spread(ends)} |\n`)
