/** What happens to a watch on the road, one by one. Each brings back what it broke. */
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

const killVision = ({ service }: Stage): void => {
  const pid = service.vision()
  if (pid !== null) process.kill(pid, 'SIGKILL')
}

/** Shows something else to a camera that is opened anew, and waits until the daemon has told the fleet of it. */
const showInstead =
  (pictures: Pictures | null, told: RegExp): Fault =>
  async (stage) => {
    const { service, eyes, log, show, toldMs, unsaid } = stage
    // A recording that is not there when the daemon starts is a fault of the configuration, unlike a camera.
    await log.watching()
    const brokenMs = monotonicMs()
    show(pictures)
    log.cameraBroken()
    killVision(stage)
    const isDue = () => monotonicMs() - brokenMs < PATIENCE_MS
    // Time counts from the first picture that is not the driver's: until then the eyes are being started.
    let shownMs = brokenMs
    while (pictures !== null && eyes.sight?.pictures !== pictures && isDue()) await sleep(10)
    if (pictures !== null) shownMs = eyes.sight?.openedMs ?? brokenMs
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
    killVision(stage)
    await log.watching()
  }

export const faults: Readonly<Record<string, Fault>> = {
  'eyes: SIGSEGV': signalVision('SIGSEGV'),
  'eyes: SIGKILL': signalVision('SIGKILL'),
  'eyes: SIGSTOP': signalVision('SIGSTOP'),
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
  'configuration broken, then a kill': async (stage) => {
    const { config, log, unsaid } = stage
    const sinceMs = monotonicMs()
    writeFileSync(config.file, 'camera:\n  kind: usbb\n   fps: many\n')
    await killDaemon(stage)
    await log.watching()
    if (!log.said(/the last good one is in force/, sinceMs)) unsaid.push('a broken configuration: nothing of the last good one')
    writeFileSync(config.file, config.good)
  },
}
