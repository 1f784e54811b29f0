/** What the daemon's log says of its eyes, as spans: watched without a fault, and away. */
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../../daemon/monotonic.js'
import type { Service } from './service.js'
import type { Span, Watched } from './truth.js'

export interface Log {
  /** Spans of the driver's recording, each from its first frame. */
  readonly watched: readonly Watched[]
  /** From each break of the eyes to the next picture, ms; the daemon lived. */
  readonly restartsMs: readonly number[]
  /** The same where the daemon was killed, or started again after an end. */
  readonly startsMs: readonly number[]
  visionBroken(): void
  daemonBroken(): void
  /** What the camera shows is not the driver, until `watching` has resolved. */
  cameraBroken(): void
  said(words: RegExp, sinceMs: number): boolean
  /** Resolves when the driver is watched again. */
  watching(): Promise<void>
  end(): void
}

// The log's word comes when the second frame was looked at.
const FIRST_FRAME_MS = 120
const PATIENCE_MS = 60_000

export const followLog = (service: Service): Log => {
  const watched: Watched[] = []
  const restartsMs: number[] = []
  const startsMs: number[] = []
  let open: Span | null = null
  let broken: { atMs: number; by: 'vision' | 'daemon' | 'camera' } | null = null
  const close = (atMs: number): void => {
    if (open !== null) watched.push({ fromMs: open.fromMs, toMs: atMs })
    open = null
  }
  const breaks = (by: 'vision' | 'daemon' | 'camera', atMs = monotonicMs()): void => {
    close(atMs)
    // The worse one counts, and from the first moment on.
    if (broken === null || by === 'camera' || (by === 'daemon' && broken.by === 'vision')) broken = { atMs: broken?.atMs ?? atMs, by }
  }
  let sawDriver = true
  service.onLine = ({ atMs, message }) => {
    if (message.startsWith('Vision is down')) breaks('vision', atMs)
    if (!message.startsWith('Watching ') || !sawDriver) return
    if (broken?.by === 'vision') restartsMs.push(atMs - broken.atMs)
    if (broken?.by === 'daemon') startsMs.push(atMs - broken.atMs)
    broken = null
    open = { fromMs: atMs - FIRST_FRAME_MS, toMs: atMs }
  }
  service.onEnd = (atMs) => breaks('daemon', atMs)
  return {
    watched,
    restartsMs,
    startsMs,
    visionBroken: () => breaks('vision'),
    daemonBroken: () => breaks('daemon'),
    cameraBroken() {
      breaks('camera')
      sawDriver = false
    },
    said: (words, sinceMs) => service.said.some(({ atMs, message }) => atMs >= sinceMs && words.test(message)),
    async watching() {
      sawDriver = true
      const endMs = monotonicMs() + PATIENCE_MS
      while (open === null && monotonicMs() < endMs) await sleep(50)
      if (open === null)
        throw new Error(
          `the driver is not watched again: ${service.said
            .slice(-5)
            .map(({ message }) => message)
            .join(' | ')}`,
        )
    },
    end: () => close(monotonicMs()),
  }
}
