/** Events as a person reads them, in terminal and log. */
import type { Event } from './payloads/event.js'

const LEVELS = ['clear', 'notice', 'warn', 'alarm', 'emergency'] as const

/** "1 min 4 s", "12.5 s". */
export const duration = (seconds: number): string =>
  seconds >= 60 ? `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s` : `${seconds.toFixed(1)} s`

const secondsOf = (event: Event, key: string): string => {
  const ms = event.evidence[key]
  return typeof ms === 'number' ? duration(ms / 1000) : 'some time'
}

const percent = (event: Event, key: string): string => {
  const share = event.evidence[key]
  return typeof share === 'number' ? `${(100 * share).toFixed(1)} %` : 'a share'
}

const reasonOf = (event: Event): string => `${event.evidence.reason ?? 'no reason known'}`

const unresponsive: Readonly<Record<string, (event: Event) => string>> = {
  closed: (event) => `eyes closed for ${secondsOf(event, 'closedMs')}`,
  slumped: (event) => `no reaction and out of sight, ${secondsOf(event, 'slumpedMs')} after it began`,
  'no-answer': (event) => `no answer ${secondsOf(event, 'unansweredMs')} after the alarm`,
}

const slumps: Readonly<Record<string, string>> = {
  closure: 'while the eyes were closed',
  warning: 'while a warning stood',
  nod: 'after the head fell',
}

/** What each rule found, in a few words. */
const found: Readonly<Record<Event['rule'], (event: Event) => string>> = {
  'slow-closures': (event) => `${event.evidence.closures ?? 'several'} slow closures of the eyes within a minute`,
  microsleep: (event) => `eyes closed for ${secondsOf(event, 'closedMs')}`,
  sleep: (event) => `eyes closed for ${secondsOf(event, 'closedMs')}`,
  unresponsive: (event) => unresponsive[`${event.evidence.cause}`]?.(event) ?? 'no reaction',
  slump: (event) => `sight of the driver lost ${slumps[`${event.evidence.after}`] ?? ''}, for ${secondsOf(event, 'slumpedMs')}`,
  perclos: (event) => `eyes closed for ${percent(event, 'perclos')} of the time`,
  'long-blinks': (event) => `${percent(event, 'longShare')} of the blinks were long`,
  distraction: (event) => `eyes off the road for ${secondsOf(event, 'awayMs')}`,
  'eyes-not-seen': (event) => `eyes not seen for ${secondsOf(event, 'unseenMs')}: ${reasonOf(event)}`,
  'camera-unavailable': (event) =>
    `no camera for ${secondsOf(event, 'absentMs')}${event.evidence.cause === undefined ? '' : ` (${event.evidence.cause})`}`,
  degraded: (event) => `sees less than it should: ${reasonOf(event)}`,
  'self-test': () => 'a test, nobody is in danger',
}

const what = (event: Event): string => (event.phase === 'ended' ? `over after ${secondsOf(event, 'durationMs')}` : found[event.rule](event))

/** "microsleep (level 2, warn): eyes closed for 1.0 s". */
export const eventSentence = (event: Event): string =>
  `${event.rule} (level ${event.level}, ${LEVELS[event.level] ?? 'unknown'}${event.quiet === true ? ', quiet' : ''}): ${what(event)}`
