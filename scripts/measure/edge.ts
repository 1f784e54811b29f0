/**
 * `npm run measure-edge`: from a closure's threshold to the buzzer's line, on a sound disk, on one whose every flush takes 2 s, and on a full one.
 * Up to one frame of it (67 ms) is the camera's. `-- --closures N` on each disk. Needs root or user namespaces, and gcc.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { enterNamespace } from '../chaos/road/namespace.js'
import { disks, measureEdges } from './edge/edges.js'

enterNamespace(fileURLToPath(import.meta.url))
const { values } = parseArgs({ options: { closures: { type: 'string', default: '12' } } })
const root = fileURLToPath(new URL('../..', import.meta.url))

process.stdout.write('| disk of the outbox | closures | without a buzzer | median ms | longest ms |\n|---|---|---|---|---|\n')
let missed = 0
for (const disk of disks) {
  const all = await measureEdges(root, disk, Number(values.closures))
  const late = all.filter((ms) => ms !== null).sort((a, b) => a - b)
  missed += all.length - late.length + Number(all.length === 0)
  const at = (share: number) => Math.round(late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? Number.NaN)
  process.stdout.write(`| ${disk} | ${all.length} | ${all.length - late.length} | ${at(0.5)} | ${at(1)} |\n`)
}
process.exitCode = missed > 0 ? 1 : 0
