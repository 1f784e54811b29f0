/** What happens to a watch on the road, one by one. Each brings back what it broke. */
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../../daemon/monotonic.js'
import type { Broker } from '../../lab/broker.js'
import { fillDisk } from '../../lab/full-disk.js'
import type { Road } from '../../lab/road.js'
import type { Alerts } from './alerts.js'
import type { Line } from './line.js'
import type { Log } from './log.js'
import type { Pictures } from './recording.js'
import type { Service } from './service.js'
import type { Span } from './truth.js'

export type Stage = {
  service: Service
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
  /** What ought to have been said and was not. */
  unsaid: string[]
}

/** A fault of so many ms, more or less. */
export type Fault = (stage: Stage, ms: number) => Promise<void>

// Design: told within 10 s, which an alarm of sleep may hold first; with the recording's opening and the log.
const TOLD_WITHIN_MS = 13_000

const signalVision = (signal: NodeJS.Signals): Fault => {
  return async ({ service, log }) => {
    await log.watching()
    const pid = service.vision()
    if (pid === null) return
    log.visionBroken()
    process.kill(pid, signal)
  }
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

/** Shows something else to a camera that is opened anew, and waits until the daemon has told of it. */
const showInstead =
  (pictures: Pictures | null, words: RegExp): Fault =>
  async ({ service, log, show, unsaid }) => {
    // A recording that is not there when the daemon starts is a fault of the configuration, unlike a camera.
    await log.watching()
    const sinceMs = monotonicMs()
    show(pictures)
    log.cameraBroken()
    const pid = service.vision()
    if (pid !== null) process.kill(pid, 'SIGKILL')
    const told = () => log.said(words, sinceMs)
    while (!told() && monotonicMs() - sinceMs < TOLD_WITHIN_MS) await sleep(50)
    if (!told()) {
      const instead = service.said
        .filter(({ atMs }) => atMs >= sinceMs)
        .map(({ atMs, message }) => `${Math.round(atMs - sinceMs)} ms: ${message}`)
      unsaid.push(
        `${pictures ?? 'no camera'}: nothing like ${words} within ${TOLD_WITHIN_MS / 1000} s, but:\n    ${instead.join('\n    ')}`,
      )
    }
    show('driver')
    const blind = service.vision()
    if (blind !== null) process.kill(blind, 'SIGKILL')
    await log.watching()
  }

export const faults: Readonly<Record<string, Fault>> = {
  'eyes: SIGSEGV': signalVision('SIGSEGV'),
  'eyes: SIGKILL': signalVision('SIGKILL'),
  'eyes: SIGSTOP': signalVision('SIGSTOP'),
  'daemon: SIGKILL': killDaemon,
  'camera gone and back': showInstead(null, /camera-unavailable \(level/),
  'picture frozen': showInstead('frozen', /the same picture again and again|camera-unavailable \(level/),
  'picture black': showInstead('black', /eyes-not-seen \(level/),
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
