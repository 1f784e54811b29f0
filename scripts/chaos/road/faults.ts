/** What happens to a watch on the road, one by one. Each brings back what it broke. */
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../../daemon/monotonic.js'
import type { Broker } from '../../lab/broker.js'
import { fillDisk } from '../../lab/full-disk.js'
import type { Road } from '../../lab/road.js'
import type { Alerts } from './alerts.js'
import type { Eyes } from './eyes.js'
import type { Line } from './line.js'
import type { Log } from './log.js'
import type { Pictures } from './recording.js'
import type { Service } from './service.js'
import type { Span } from './truth.js'

export type Stage = {
  service: Service
  eyes: Eyes
  log: Log
  broker: Broker
  road: Road
  alerts: Alerts
  line: Line
  disk: { folder: string; bytes: number }
  config: { file: string; good: string }
  /** What the camera shows from its next opening on; null: it is gone. */
  show(pictures: Pictures | null): void
  gpioFaults: Span[]
  /** How long buzzer and light stayed on after the daemon was killed, ms. */
  offAfterMs: number[]
  /** How long it took until each fault of the camera was told to the fleet, ms. */
  toldMs: { fault: string; ms: number }[]
  /** What ought to have been said and was not. */
  unsaid: string[]
}

/** A fault of so many ms, more or less. */
export type Fault = (stage: Stage, ms: number) => Promise<void>

// Design: told within 10 s.
const TOLD_WITHIN_MS = 10_000
const PATIENCE_MS = 30_000

const signalVision =
  (signal: NodeJS.Signals): Fault =>
  async ({ service, log }) => {
    await log.watching()
    const pid = service.vision()
    if (pid === null) return
    log.visionBroken()
    process.kill(pid, signal)
  }

const killDaemon = async ({ service, log, line, offAfterMs }: Stage): Promise<void> => {
  const { pid } = service
  if (pid === null) return
  log.daemonBroken()
  process.kill(pid, 'SIGKILL')
  const killedMs = monotonicMs()
  while (line.isOn() && monotonicMs() - killedMs < 5000) await sleep(5)
  offAfterMs.push(monotonicMs() - killedMs)
}

/** Puts something else in the recording's place, which the eyes find at its next round, and waits until the daemon has told the fleet of it. */
const showInstead =
  (pictures: Pictures | null, told: RegExp): Fault =>
  async ({ service, eyes, log, show, toldMs, unsaid }) => {
    // A recording that is not there when the daemon starts is a fault of the configuration, unlike a camera.
    await log.watching()
    const brokenMs = monotonicMs()
    show(pictures)
    const isDue = () => monotonicMs() - brokenMs < PATIENCE_MS
    // Time counts from the first picture that is not the driver's.
    while (eyes.sight?.pictures === 'driver' && isDue()) await sleep(10)
    log.cameraBroken()
    const shownMs = eyes.sight?.openedMs ?? monotonicMs()
    while (!log.said(told, shownMs) && isDue()) await sleep(20)
    const fault = pictures ?? 'no camera'
    const ms = monotonicMs() - shownMs
    if (log.said(told, shownMs)) toldMs.push({ fault, ms })
    if (ms > TOLD_WITHIN_MS) {
      const instead = service.said
        .filter(({ atMs }) => atMs >= brokenMs)
        .map(({ atMs, message }) => `${Math.round(atMs - shownMs)} ms: ${message}`)
      unsaid.push(`${fault}: ${told} after ${Math.round(ms)} ms:\n    ${instead.join('\n    ')}`)
    }
    show('driver')
    await log.watching()
  }

/** Gives the eyes no byte more, for so long or until they are ended by it. */
const refuseMemory: Fault = async ({ service, log }, ms) => {
  await log.watching()
  const pid = service.vision()
  if (pid === null) return
  log.visionStrained()
  execFileSync('prlimit', ['--pid', `${pid}`, '--as=1048576:'])
  // Frames bring their own memory; what is short is found by the first that needs more than was there.
  const endMs = monotonicMs() + 4000 + ms
  while (service.vision() === pid && monotonicMs() < endMs) await sleep(20)
  // The hard limit stands where it was; a process that ended meanwhile has none.
  if (service.vision() === pid) spawnSync('prlimit', ['--pid', `${pid}`, '--as=unlimited:'])
}

// What the daemon says of a file that it is to read anew and cannot use.
const REFUSED = /\[config-not-taken\]/
const TAKEN = /is what is in force already/
const BROKEN = 'camera:\n  kind: usbb\n   fps: many\n'

export const faults: Readonly<Record<string, Fault>> = {
  'eyes: SIGSEGV': signalVision('SIGSEGV'),
  'eyes: SIGKILL': signalVision('SIGKILL'),
  'eyes: SIGABRT': signalVision('SIGABRT'),
  'eyes: SIGSTOP': signalVision('SIGSTOP'),
  'eyes: no memory': refuseMemory,
  'daemon: SIGKILL': killDaemon,
  'camera gone and back': showInstead(null, /camera-unavailable \(level [^)]*\): no camera/),
  'picture frozen': showInstead('frozen', /camera-unavailable \(level [^)]*\): no camera/),
  'picture black': showInstead('black', /eyes-not-seen \(level [^)]*\): eyes not seen/),
  'GPIO refuses': async ({ line, gpioFaults }, ms) => {
    const fault = { fromMs: monotonicMs(), toMs: Number.POSITIVE_INFINITY }
    gpioFaults.push(fault)
    const back = line.refuse()
    await sleep(ms)
    back()
    // the next step of a pattern brings it back
    fault.toMs = monotonicMs() + 1000
  },
  'broker killed and restarted': async ({ broker, alerts, road }, ms) => {
    await broker.kill()
    // Without a subscriber the broker acknowledges and forgets: that would be the test's loss, not the vehicle's.
    road.allow(false)
    await sleep(ms)
    await broker.start()
    await alerts.subscribe()
    road.allow(true)
  },
  'no network': async ({ road }, ms) => {
    road.allow(false)
    road.cut()
    await sleep(ms)
    road.allow(true)
  },
  'disk full': async ({ disk }, ms) => {
    const makeRoom = fillDisk(disk.folder, disk.bytes)
    await sleep(ms)
    makeRoom()
  },
  'configuration broken, then a reload': async ({ service, config, log, unsaid }) => {
    for (const [text, answer] of [
      [BROKEN, REFUSED],
      [config.good, TAKEN],
    ] as const) {
      await log.watching()
      const sinceMs = monotonicMs()
      writeFileSync(config.file, text)
      if (service.pid !== null) process.kill(service.pid, 'SIGHUP')
      while (!log.said(answer, sinceMs) && monotonicMs() - sinceMs < TOLD_WITHIN_MS) await sleep(20)
      if (!log.said(answer, sinceMs)) unsaid.push(`a reload of ${text === BROKEN ? 'a broken' : 'the good'} configuration: ${answer}`)
    }
  },
  'configuration broken, then a kill': async (stage) => {
    const { config, log, unsaid } = stage
    const sinceMs = monotonicMs()
    writeFileSync(config.file, BROKEN)
    await killDaemon(stage)
    await log.watching()
    if (!log.said(/the last good one is in force/, sinceMs)) unsaid.push('a broken configuration: nothing of the last good one')
    writeFileSync(config.file, config.good)
  },
}
