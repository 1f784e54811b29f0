/**
 * `npm run measure-flat`: the daemon on a drawn driver at 15 frames a second, looked at every half minute: memory and file descriptors of both processes.
 * `-- --minutes N` (60); exit code 1 when one of them grows. Bounded; a run that is cut prints what it has.
 */
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startDaemon } from '../bench/daemon.js'
import { memoryOf } from '../bench/proc.js'
import { drawnRecording } from '../bench/recording.js'
import { type Column, growthOf, isFlat, type Sample } from './flat/growth.js'

const LOOK_EVERY_MS = 30_000

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const daemon = await startDaemon(await drawnRecording(), true)
const beganMs = performance.now()
const samples: Sample[] = []
const fds = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length
let isCut = false
process.on('SIGINT', () => {
  isCut = true
})

for (let minute = 0; minute <= Number(values.minutes) && !isCut; minute = (performance.now() - beganMs) / 60_000) {
  samples.push({
    minute,
    mainMb: memoryOf(daemon.main).rssMb,
    visionMb: memoryOf(daemon.vision).rssMb,
    mainFds: fds(daemon.main),
    visionFds: fds(daemon.vision),
  })
  await sleep(LOOK_EVERY_MS)
}
const frames = await daemon.frames()
const seconds = (performance.now() - beganMs) / 1000
await daemon.stop()

const columns: readonly (readonly [Column, string])[] = [
  ['mainMb', 'main process, MB'],
  ['visionMb', 'vision process, MB'],
  ['mainFds', 'main process, descriptors'],
  ['visionFds', 'vision process, descriptors'],
]
process.stdout.write(`${Math.round(seconds / 60)} min, ${(frames / seconds).toFixed(1)} frames a second\n\n`)
process.stdout.write('| what | after 5 min | at the end | least | most | growth |\n|---|---|---|---|---|---|\n')
for (const [column, name] of columns) {
  const all = samples.map((sample) => sample[column])
  const settled = samples.filter(({ minute }) => minute >= 5).map((sample) => sample[column])
  const [least, most] = [Math.min(...all), Math.max(...all)]
  process.stdout.write(
    `| ${name} | ${settled[0] ?? '–'} | ${all.at(-1)} | ${least} | ${most} | ${growthOf(samples, column).toFixed(1)} |\n`,
  )
}
const grows = columns.filter(([column]) => !isFlat(samples, column))
process.stdout.write(grows.length === 0 ? 'flat\n' : `grows: ${grows.map(([, name]) => name).join('; ')}\n`)
process.exitCode = grows.length === 0 ? 0 : 1
