/** What each signal sounds and looks like, as data. A driver must tell them apart without having read anything. */
import type { Signal } from '../signal.js'
import { type Lines, OFF } from './types.js'

export type Step = Lines & { ms: number }

/**
 * Steps play in order. `once` plays a single time at the beginning; then `loop` repeats until another signal is shown.
 * A loop of one step stays as it is.
 */
export type Pattern = { once: readonly Step[]; loop: readonly Step[] }

const step = (ms: number, buzzer: boolean, led: boolean): Step => ({ ms, buzzer, led })
const forever = (lines: Lines): Pattern => ({ once: [], loop: [{ ...lines, ms: 1000 }] })

// Own, after the common practice of medical and machine alarms (IEC 60601-1-8: more urgent is faster and denser).
export const patterns: Readonly<Record<Signal, Pattern>> = {
  clear: forever(OFF),
  /** Something stands and does not sound, since the vehicle is slow or the driver pressed the button: a short flash every 2 s. */
  quiet: { once: [], loop: [step(200, false, true), step(1800, false, false)] },
  /** Level 1: one short beep, then a calm blink. */
  notice: { once: [step(100, true, true)], loop: [step(400, false, true), step(600, false, false)] },
  /** Level 2, a microsleep: three fast beeps, again and again. */
  warn: {
    once: [],
    loop: [
      step(120, true, true),
      step(80, false, false),
      step(120, true, true),
      step(80, false, false),
      step(120, true, true),
      step(480, false, false),
    ],
  },
  /** Level 3, sleep: an unbroken tone and a steady light, until the eyes are open. */
  alarm: forever({ buzzer: true, led: true }),
  /** Level 4: the unbroken tone with a light that flickers, so that others in the vehicle look. */
  emergency: { once: [], loop: [step(60, true, true), step(60, true, false)] },
  /** Level 1, eyes off the road: two short beeps, then the light alone, calm. Slower and fewer than any warning of closed eyes. */
  distracted: {
    once: [step(100, true, true), step(150, false, false), step(100, true, true), step(650, false, false)],
    loop: [step(500, false, true), step(500, false, false)],
  },
  /** Level 2, still off the road: the two beeps every 2 s, a third as dense as `warn`. */
  'distracted-long': {
    once: [],
    loop: [
      step(100, true, true),
      step(150, false, true),
      step(100, true, true),
      step(650, false, false),
      step(500, false, true),
      step(500, false, false),
    ],
  },
  /** The eyes cannot be seen: two slow blinks, and a short low beep every 5 s. Not like any level. */
  'cannot-see': {
    once: [],
    loop: [step(60, true, true), step(340, false, true), step(300, false, false), step(400, false, true), step(3900, false, false)],
  },
  /** It sees less than it should (dark glasses, glare): one beep in all, then a wink of the light every 5 s. */
  degraded: { once: [step(60, true, true), step(940, false, false)], loop: [step(100, false, true), step(4900, false, false)] },
}

/** A test that someone asked for: the light, then both, then off, in 1.7 s. Played over silence only; any signal ends it. */
export const SELF_TEST: readonly Step[] = [
  step(500, false, true),
  step(300, true, true),
  step(300, false, false),
  step(300, true, true),
  step(300, false, true),
]
