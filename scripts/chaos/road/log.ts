/** What the daemon's log says of its eyes, as spans: watched without a fault, and away. */
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../../daemon/monotonic.js'
import type { Eyes } from './eyes.js'
import type { Service } from './service.js'
import type { Watched } from './truth.js'

/** How long the eyes were away, and how many programs wanted each core meanwhile (the mean of a minute). */
export type Restart = { ms: number; loadPerCore: number }

export interface Log {
  /** Spans of the driver's recording, each from the first observation that reached the judgement. */
  readonly watched: readonly Watched[]
  /** From each break of the eyes to the next observation; the daemon lived. */
  readonly restarts: readonly Restart[]
  /** The same where the daemon was killed, or started again after an end. */
  readonly starts: readonly Restart[]
  /** Vision processes that were silent for 2 s, which nobody had asked for. */
  readonly unasked: readonly string[]
  visionBroken(): void
  /** The eyes may break from now on, or not: when they do, it was asked for. */
  visionStrained(): void
  daemonBroken(): void
  /** What the camera shows is not the driver: the time until he is watched again is no restart. */
  cameraBroken(): void
  said(words: RegExp, sinceMs: number): boolean
  /** Resolves when the driver is watched again, and is known to be: no "cannot see you" stands. */
  watching(): Promise<void>
  end(): void
}

const PATIENCE_MS = 60_000
const SILENT = /gave no observation for ([\d.]+) s/
const BLIND = /^(camera-unavailable|eyes-not-seen) \(level [^)]*\): (over after)?/

export const followLog = (service: Service, eyes: Eyes): Log => {
  const watched: Watched[] = []
  const restarts: Restart[] = []
  const starts: Restart[] = []
  const unasked: string[] = []
  let open: Watched | null = null
  let broken: { atMs: number; by: 'vision' | 'daemon' | 'camera' } | null = null
  let isBlind = false
  let isUp = false
  let isStrained = false

  const breaks = (by: 'vision' | 'daemon' | 'camera', atMs = monotonicMs()): void => {
    if (open !== null) watched.push({ ...open, toMs: atMs })
    open = null
    // The worse one counts, and from the first moment on.
    if (broken === null || by === 'camera' || (by === 'daemon' && broken.by === 'vision')) broken = { atMs: broken?.atMs ?? atMs, by }
  }

  const down = (atMs: number, message: string): void => {
    isUp = false
    const silentMs = Number(SILENT.exec(message)?.[1] ?? 0) * 1000
    // Stopped by us, it is broken since then; else the eyes were away from the silence's beginning on.
    if (broken === null && silentMs > 0 && !isStrained) unasked.push(message)
    breaks('vision', atMs - silentMs)
  }

  const up = (atMs: number): void => {
    isUp = true
    seesDriver(atMs)
  }

  const seesDriver = (atMs: number): void => {
    const { sight } = eyes
    if (sight?.pictures !== 'driver') return
    const away = { ms: atMs - (broken?.atMs ?? atMs), loadPerCore: (loadavg()[0] ?? 0) / availableParallelism() }
    if (broken?.by === 'vision') restarts.push(away)
    if (broken?.by === 'daemon') starts.push(away)
    broken = null
    isStrained = false
    open = { originMs: sight.openedMs, fromMs: atMs, toMs: atMs }
  }

  service.onLine = ({ atMs, message }) => {
    const blind = BLIND.exec(message)
    if (blind !== null) isBlind = blind[2] === undefined
    else if (message.startsWith('Vision is down')) down(atMs, message)
    else if (message.startsWith('Watching ')) up(atMs)
  }
  service.onEnd = (atMs) => {
    isBlind = false
    isUp = false
    breaks('daemon', atMs)
  }
  return {
    watched,
    restarts,
    starts,
    unasked,
    visionBroken: () => breaks('vision'),
    visionStrained: () => {
      isStrained = true
    },
    daemonBroken: () => breaks('daemon'),
    cameraBroken: () => breaks('camera'),
    said: (words, sinceMs) => service.said.some(({ atMs, message }) => atMs >= sinceMs && words.test(message)),
    async watching() {
      const endMs = monotonicMs() + PATIENCE_MS
      while ((open === null || isBlind) && monotonicMs() < endMs) {
        await sleep(50)
        // Another recording in the same process is said by nobody.
        if (open === null && isUp) seesDriver(monotonicMs())
      }
      if (open === null || isBlind) {
        const last = service.said.slice(-5).map(({ message }) => message)
        throw new Error(`the driver is not watched again: ${last.join(' | ')}`)
      }
    },
    end: () => breaks('daemon'),
  }
}
