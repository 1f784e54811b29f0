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

/** What happened, in a few words. */
function what(event: Event): string {
  if (event.phase === 'ended') return `over after ${secondsOf(event, 'durationMs')}`
  switch (event.rule) {
    case 'microsleep':
    case 'sleep':
      return `eyes closed for ${secondsOf(event, 'closedMs')}`
    case 'eyes-not-seen':
      return `eyes not seen for ${secondsOf(event, 'unseenMs')}: ${event.evidence.reason ?? 'no reason known'}`
    case 'camera-unavailable':
      return `no camera for ${secondsOf(event, 'absentMs')}`
    default:
      return event.phase
  }
}

/** "microsleep (level 2, warn): eyes closed for 1.0 s". */
export const eventSentence = (event: Event): string =>
  `${event.rule} (level ${event.level}, ${LEVELS[event.level] ?? 'unknown'}): ${what(event)}`
