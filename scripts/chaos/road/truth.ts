/** What must have been told, by the recording alone, and whether it was. Pure: moments in, findings out; ms on the monotonic clock. */
import { LOOP } from './recording.js'

/** A time through which the driver's recording was watched without a fault. `originMs`: when the recording began, before it or at its start. */
export type Watched = { originMs: number; fromMs: number; toMs: number }
export type Span = { fromMs: number; toMs: number }

/**
 * A closure that was wholly seen, and what was made of it. `lateMs`: from its second to the event, null without one; `isStarved`: the machine gave the eyes
 * no frame for longer than a closure is bridged.
 */
export type Closure = { thresholdMs: number; lateMs: number | null; buzzer: boolean; excused: boolean; isStarved: boolean }

// The policy's microsleep; judgement.microsleepSeconds of the configuration.
const THRESHOLD_MS = 1000
// Own: lids half down are not yet closed, and a recording is open for up to 0.1 s before its first frame is due; on a busy machine for 0.3 s.
const EARLY_MS = 400
const LATE_MS = 600
// The policy: unseen time of up to 0.3 s is bridged; and a frame.
const STARVED_MS = 370

/**
 * @param alarms moments of `microsleep` events
 * @param sounding when the buzzer was on
 * @param gpioFaults when its line could not be written
 * @param frames when frames were captured, in order
 */
export const closuresOf = (
  watched: readonly Watched[],
  alarms: readonly number[],
  sounding: readonly Span[],
  gpioFaults: readonly Span[],
  frames: readonly number[],
): Closure[] =>
  watched.flatMap(({ originMs, fromMs, toMs }) => {
    const closures: Closure[] = []
    for (let loop = 0; ; loop++) {
      const closesMs = originMs + (loop * LOOP.seconds + LOOP.closedFrom) * 1000
      const thresholdMs = closesMs + THRESHOLD_MS
      if (thresholdMs + LATE_MS > toMs) return closures
      if (closesMs < fromMs) continue
      const overlaps = ({ fromMs: from, toMs: to }: Span) => from < thresholdMs + LATE_MS && to > thresholdMs - EARLY_MS
      const alarm = alarms.find((atMs) => atMs >= thresholdMs - EARLY_MS && atMs <= thresholdMs + LATE_MS)
      closures.push({
        thresholdMs,
        lateMs: alarm === undefined ? null : alarm - thresholdMs,
        buzzer: sounding.some(overlaps),
        excused: gpioFaults.some(overlaps),
        isStarved: longestGapMs(frames, closesMs, thresholdMs + LATE_MS) > STARVED_MS,
      })
    }
  })

/** The longest time without a frame between two moments. */
const longestGapMs = (frames: readonly number[], fromMs: number, toMs: number): number => {
  let longest = 0
  let lastMs = fromMs
  for (const atMs of [...frames.filter((atMs) => atMs > fromMs && atMs < toMs), toMs]) {
    longest = Math.max(longest, atMs - lastMs)
    lastMs = atMs
  }
  return longest
}

/** Numbers that are missing between 1 and the highest. */
export const gapsOf = (seqs: ReadonlySet<number>): number[] =>
  Array.from({ length: Math.max(0, ...seqs) }, (_, index) => index + 1).filter((seq) => !seqs.has(seq))
