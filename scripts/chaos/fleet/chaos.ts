/**
 * `npm run chaos:fleet`: random faults on a vehicle's link and disk while it raises alerts; afterwards every event it kept must have
 * arrived, doubles only under one id. `-- --faults N --seed S --deadline SECONDS`; exit code 1 when anything was lost, 3 when it did not come to an end in time.
 * Needs Mosquitto, and root or user namespaces (a small disk of its own is mounted, which can be filled).
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startBroker } from '../../lab/broker.js'
import { endOnSignals } from '../../lab/child.js'
import { argumentsOr, count } from '../../lab/counts.js'
import { endAfter } from '../../lab/deadline.js'
import { freePort } from '../../lab/free-port.js'
import { openRoad } from '../../lab/road.js'
import { seeded } from '../../train/random.js'
import { createCounter } from './counter.js'
import { mountDisk } from './disk.js'
import { closing, drawFaults, faults, type Stage } from './faults.js'
import { createVehicle } from './lorry.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const DISK_BYTES = 4 << 20
const SETTLE_MS = 90_000
const SAY_EVERY = 100

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const usage = 'npm run chaos:fleet -- [--faults N] [--seed S] [--deadline SECONDS]'
const { wanted, seed, deadline } = argumentsOr(usage, () => {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  const { values } = parseArgs({ options: { faults: text('50'), seed: text('1'), deadline: text('') } })
  const faults = count('--faults', values.faults, 1, 100_000)
  // Own: a fault takes 2 s beside twenty other programs.
  const enough = 300 + 6 * faults
  const deadline = values.deadline === '' ? enough : count('--deadline', values.deadline, 1, 1_000_000)
  return { wanted: faults, seed: count('--seed', values.seed, 0, 1_000_000), deadline }
})
const random = seeded(seed)
endOnSignals()
let played = 0
let underWay = 'starting'
const inTime = endAfter(
  deadline,
  () => `${played} of ${wanted} faults were played; under way: ${underWay}. Nothing can be said of what was lost.`,
)

const diskFolder = mkdtempSync(path.join(tmpdir(), 'kantukd-chaos-'))
const unmount = mountDisk(diskFolder, DISK_BYTES)
const port = await freePort()
const broker = await startBroker(port)
const counter = createCounter(port)
await counter.subscribe()
const road = await openRoad(port)
const complaints = new Map<string, number>()
const vehicle = createVehicle(root, `mqtt://127.0.0.1:${road.port}`, path.join(diskFolder, 'outbox.sqlite'), (line) => {
  complaints.set(line, (complaints.get(line) ?? 0) + 1)
})
const stage: Stage = { broker, counter, vehicle, road, close: closing(road), diskFolder, diskBytes: DISK_BYTES }
await vehicle.start()

const counts = new Map(Object.keys(faults).map((name) => [name, 0]))
let twoAtOnce = 0
say(`chaos:fleet: ${wanted} faults, seed ${seed}; alerts every 60 ms; ${deadline} s at most`)
for (; played < wanted; played++) {
  const drawn = drawFaults(played, random)
  if (drawn.length > 1) twoAtOnce += 1
  underWay = drawn.join(' and ')
  await Promise.all(
    drawn.map(async (name) => {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      const ms = random.between(200, 1600)
      await faults[name]?.(stage, ms)
    }),
  )
  await sleep(random.between(50, 900))
  if ((played + 1) % SAY_EVERY === 0) say(`  ${played + 1} faults, ${vehicle.kept.size} events kept, ${counter.received.size} received`)
}
underWay = 'waiting for what is left to arrive'
vehicle.order('quiet')
const end = performance.now() + SETTLE_MS
while (vehicle.waiting !== 0 && performance.now() < end) await sleep(100)
await sleep(300)

const lost = [...vehicle.kept].filter((id) => !counter.received.has(id))
const inMemory = [...vehicle.held].filter((id) => !vehicle.kept.has(id))
const doubles = [...counter.received.values()].reduce((sum, times) => sum + times - 1, 0)
say('\n| fault | times |\n|---|---|')
for (const [name, times] of counts) say(`| ${name} | ${times} |`)
say(`| two of these at once | ${twoAtOnce} |`)
say('')
for (const [line, times] of complaints) say(`  ${times} × ${line}`)
say(
  `${vehicle.kept.size} events kept, ${counter.received.size} received, ${doubles} of them again under the same id, ${counter.conflicts} ids for two events`,
)
say(
  `${inMemory.length} more were in memory alone when the vehicle was killed on a full disk; ${inMemory.filter((id) => counter.received.has(id)).length} of these arrived`,
)
say(
  `lost: ${lost.length}${lost.length > 0 ? ` (${lost.slice(0, 5).join(', ')} …)` : ''}${vehicle.waiting === 0 ? '' : `; ${vehicle.waiting} still wait in the outbox`}`,
)

inTime()
await vehicle.kill()
await counter.close()
await broker.kill()
await road.close()
unmount()
process.exitCode = lost.length > 0 || counter.conflicts > 0 || vehicle.waiting !== 0 ? 1 : 0
