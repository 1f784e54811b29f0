/** What must have been told, by the recording alone, and whether it was. Pure: moments in, findings out; ms on the monotonic clock. */
import { LOOP } from './recording.js'

/** A time through which the driver's recording was watched without a fault; it began at the recording's start. */
export type Watched = { fromMs: number; toMs: number }
export type Span = { fromMs: number; toMs: number }

/** A closure that was wholly seen, and what was made of it. */
export type Closure = { thresholdMs: number; event: boolean; buzzer: boolean; excused: boolean }

// The policy's microsleep; judgement.microsleepSeconds of the configuration.
const THRESHOLD_MS = 1000
// Own: a frame at 15 a second is 67 ms, and the start of a recording is known from the log to about 100 ms, on a busy machine to 300.
const EARLY_MS = 400
const LATE_MS = 600

const near = (atMs: number, thresholdMs: number): boolean => atMs >= thresholdMs - EARLY_MS && atMs <= thresholdMs + LATE_MS

/**
 * @param alarms moments of `microsleep` events
 * @param sounding when the buzzer was on
 * @param gpioFaults when its line could not be written
 */
export const closuresOf = (
  watched: readonly Watched[],
  alarms: readonly number[],
  sounding: readonly Span[],
  gpioFaults: readonly Span[],
): Closure[] =>
  watched.flatMap(({ fromMs, toMs }) => {
    const closures: Closure[] = []
    for (let loop = 0; ; loop++) {
      const thresholdMs = fromMs + (loop * LOOP.seconds + LOOP.closedFrom) * 1000 + THRESHOLD_MS
      if (thresholdMs + LATE_MS > toMs) return closures
      const overlaps = ({ fromMs: from, toMs: to }: Span) => from < thresholdMs + LATE_MS && to > thresholdMs - EARLY_MS
      closures.push({
        thresholdMs,
        event: alarms.some((atMs) => near(atMs, thresholdMs)),
        buzzer: sounding.some(overlaps),
        excused: gpioFaults.some(overlaps),
      })
    }
  })

/** Numbers that are missing between 1 and the highest. */
export const gapsOf = (seqs: ReadonlySet<number>): number[] =>
  Array.from({ length: Math.max(0, ...seqs) }, (_, index) => index + 1).filter((seq) => !seqs.has(seq))
