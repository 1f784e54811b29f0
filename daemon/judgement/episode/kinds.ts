/** Which episode a rule belongs to: what goes together in the driver's eyes has one incident, what does not has its own. */
import type { Rule } from '../decision.js'

/** Drowsiness, inattention, "cannot see you", and "sees less than it should" may each stand at the same time. */
export const kinds = ['drowsy', 'distracted', 'blind', 'degraded'] as const
export type Kind = (typeof kinds)[number]

const byRule: Readonly<Record<Exclude<Rule, 'self-test'>, Kind>> = {
  'slow-closures': 'drowsy',
  'long-blinks': 'drowsy',
  perclos: 'drowsy',
  microsleep: 'drowsy',
  sleep: 'drowsy',
  slump: 'drowsy',
  unresponsive: 'drowsy',
  distraction: 'distracted',
  'eyes-not-seen': 'blind',
  'camera-unavailable': 'blind',
  degraded: 'degraded',
}

/** The kind of episode that a judged rule belongs to. */
export const kindOf = (rule: Rule): Kind => (rule === 'self-test' ? 'degraded' : byRule[rule])
