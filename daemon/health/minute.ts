/** One line a minute for the log: how the watch stands, as a sentence. Pure. */
import type { Measures } from '../judgement/signs/measures.js'

export type MinuteState = {
  /** Pictures come. */
  isWatching: boolean
  /** Frames judged a second; 0: none yet. */
  fps: number
  /** As of the newest observation; null before it. */
  measures: Pick<Measures, 'coverage' | 'perclos60' | 'blinksPerMinute' | 'calibrating' | 'withheld'> | null
  /** How long the daemon has run: before a minute has passed, figures are of less. */
  runningMs: number
  /** Null: not known. */
  speedKmh: number | null
  isConnected: boolean
  /** Events and summaries that the broker has not acknowledged. */
  waiting: number
  /** Of the processor; null: not known. */
  celsius: number | null
}

const MINUTE_MS = 60_000

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`

const listed = (clauses: readonly string[]): string =>
  clauses.length < 2 ? clauses.join('') : `${clauses.slice(0, -1).join(', ')} and ${clauses.at(-1)}`

/** What was seen of the driver. */
function seen({ isWatching, measures, runningMs, fps }: MinuteState): string {
  if (!isWatching || measures === null) return 'there is no picture of the driver'
  const { coverage, perclos60, blinksPerMinute, calibrating, withheld } = measures
  const tooFew = withheld === 'too-few-frames' ? ', too few for PERCLOS and blinks' : ''
  const rate = fps > 0 ? ` at ${fps.toFixed(1)} frames a second${tooFew}` : ''
  const time = runningMs < MINUTE_MS ? 'the time since the start' : 'the last minute'
  if (coverage === 0) return `the eyes were not seen in ${time}${rate}`
  const figures = [
    ...(perclos60 === null ? [] : [`closed for ${percent(perclos60, 1)} of that (PERCLOS)`]),
    ...(blinksPerMinute === null ? [] : [`blinked ${Math.round(blinksPerMinute)} times a minute`]),
  ]
  const learning = calibrating ? '; they are still being learned' : ''
  return `${listed([`the eyes were seen for ${percent(coverage, 0)} of ${time}${rate}`, ...figures])}${learning}`
}

/** The way to the fleet. */
function told({ isConnected, waiting }: MinuteState): string {
  const waits = waiting === 0 ? 'nothing waits' : waiting === 1 ? '1 message waits' : `${waiting} messages wait`
  return isConnected ? `the broker is connected, and ${waits}` : `the broker is not reached, and ${waits} for it`
}

/** What is not known is left out. */
export const minuteSentence = (state: MinuteState): string => {
  const { speedKmh, celsius } = state
  const clauses = [
    seen(state),
    ...(speedKmh === null ? [] : [`the vehicle drives at ${Math.round(speedKmh)} km/h`]),
    told(state),
    ...(celsius === null ? [] : [`the processor has ${Math.round(celsius)} °C`]),
  ]
  const sentence = clauses.join('; ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
