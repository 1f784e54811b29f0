/** A fleet against one Mosquitto: all connect, drive, raise events, drop out and come back; at the end half stop and half vanish. */
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '../lab/broker.js'
import { freePort } from '../lab/free-port.js'
import { seeded } from '../train/random.js'
import { type Used, usedBy } from './process.js'
import { type SimVehicle, startVehicle } from './vehicle.js'
import { retained, type Traffic, watch } from './watcher.js'

export type SimOptions = {
  vehicles: number
  seconds: number
  /** Of each vehicle. */
  eventsPerHour: number
  heartbeatSeconds: number
  /** Drop-outs of each vehicle. */
  dropOutsPerHour: number
  seed: number
}

export type SimResult = {
  /** Until all were connected. */
  allOnlineSeconds: number
  seconds: number
  connects: number
  cuts: number
  made: number
  arrived: number
  doubles: number
  lost: number
  /** Each birth, online, last will or retained state that is not as it must be, in a sentence. */
  wrong: string[]
  complaints: string[]
  latenciesMs: readonly number[]
  traffic: ReadonlyMap<string, Traffic>
  /** All bytes on the vehicles' lines, MQTT's own included, from and to the vehicles. */
  lines: { up: number; down: number }
  broker: Used
}

// The subscriber gets all that there is at once: the broker must not drop for it what waits (Mosquitto keeps 1,000 by default).
const SETTINGS = ['max_queued_messages 0', 'max_inflight_messages 0']
const STEP_MS = 100
const SETTLE_WITHIN_MS = 90_000

const until = async (condition: () => boolean, withinMs: number): Promise<boolean> => {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(20)) if (condition()) return true
  return condition()
}

/** @throws Error when not all could connect */
export const simulate = async (options: SimOptions): Promise<SimResult> => {
  const random = seeded(options.seed)
  const port = await freePort()
  const url = `mqtt://127.0.0.1:${port}`
  const broker = await startBroker(port, SETTINGS)
  const madeAt = new Map<string, number>()
  const watcher = await watch(url, madeAt)
  const complaints: string[] = []
  const vehicles: SimVehicle[] = []
  const startedMs = performance.now()
  for (let n = 1; n <= options.vehicles; n++) {
    vehicles.push(await startVehicle(`v-${String(n).padStart(5, '0')}`, port, (line) => void complaints.push(line)))
  }
  const seenOf = (id: string) => watcher.vehicles.get(id) ?? { births: 0, online: 0, lost: 0, stopped: 0 }
  const isSettled = () =>
    vehicles.every(({ id, isOnline, waiting, connects, cuts }) => {
      const { births, online, lost } = seenOf(id)
      return isOnline && waiting === 0 && births === connects && online === connects && lost === cuts
    })
  if (!(await until(isSettled, SETTLE_WITHIN_MS))) throw new Error('not all vehicles could connect')
  const allOnlineSeconds = (performance.now() - startedMs) / 1000

  const before = broker.pid === null ? null : usedBy(broker.pid)
  const linesBefore = vehicles.map(({ road }) => ({ ...road.passed }))
  const chance = (perHour: number) => (perHour * STEP_MS) / 3_600_000
  const beatSteps = Math.max(1, Math.round((options.heartbeatSeconds * 1000) / STEP_MS))
  const drivingMs = performance.now()
  for (let step = 0; performance.now() - drivingMs < options.seconds * 1000; step++) {
    for (const [index, vehicle] of vehicles.entries()) {
      if (random.chance(chance(options.eventsPerHour))) {
        const made = performance.now()
        madeAt.set(vehicle.alert(), made)
      }
      // Spread over the time between two, as the vehicles of a fleet are.
      if ((step + Math.floor((index * beatSteps) / vehicles.length)) % beatSteps === 0) vehicle.heartbeat()
      if (random.chance(chance(options.dropOutsPerHour))) vehicle.dropOut(random.between(200, 5_000))
    }
    await sleep(Math.max(0, drivingMs + (step + 1) * STEP_MS - performance.now()))
  }
  const seconds = (performance.now() - drivingMs) / 1000
  const used = broker.pid === null || before === null ? { cpuSeconds: 0, rssMb: 0 } : usedBy(broker.pid)
  const lines = vehicles.reduce(
    (sum, { road: { passed } }, n) => ({
      up: sum.up + passed.up - (linesBefore[n]?.up ?? 0),
      down: sum.down + passed.down - (linesBefore[n]?.down ?? 0),
    }),
    { up: 0, down: 0 },
  )
  await until(isSettled, SETTLE_WITHIN_MS)

  const wrong: string[] = []
  const check = (id: string, what: string, is: number, must: number) => {
    if (is !== must) wrong.push(`${id}: ${is} ${what}, and ${must} are right`)
  }
  for (const { id, connects, cuts } of vehicles) {
    const { births, online, lost } = seenOf(id)
    check(id, 'births', births, connects)
    check(id, 'times online', online, connects)
    check(id, 'last wills', lost, cuts)
  }

  await Promise.all(vehicles.map((vehicle, n) => (n % 2 === 0 ? vehicle.stop() : vehicle.vanish())))
  await until(() => vehicles.every(({ id }, n) => (n % 2 === 0 ? seenOf(id).stopped === 1 : true)), SETTLE_WITHIN_MS)
  const kept = await retained(url, 3_000)
  for (const [n, { id }] of vehicles.entries()) {
    const state = kept.get(id) ?? { births: 0, online: 0, lost: 0, stopped: 0 }
    check(id, 'retained births', state.births, 1)
    check(id, `retained "offline, ${n % 2 === 0 ? 'stopped' : 'lost'}"`, n % 2 === 0 ? state.stopped : state.lost, 1)
    check(id, 'retained "online"', state.online, 0)
  }
  const { alerts, latenciesMs, traffic } = watcher
  const lost = [...madeAt.keys()].filter((id) => !alerts.has(id)).length
  await Promise.all(vehicles.map((vehicle) => vehicle.close()))
  await watcher.close()
  await broker.kill()
  return {
    ...{ allOnlineSeconds, seconds, wrong, complaints, latenciesMs, traffic, lines, lost },
    connects: vehicles.reduce((sum, { connects }) => sum + connects, 0),
    cuts: vehicles.reduce((sum, { cuts }) => sum + cuts, 0),
    made: madeAt.size,
    arrived: alerts.size,
    doubles: [...alerts.values()].reduce((sum, times) => sum + times - 1, 0),
    broker: { cpuSeconds: used.cpuSeconds - (before?.cpuSeconds ?? 0), rssMb: used.rssMb },
  }
}
