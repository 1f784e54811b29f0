/** What comes of a button for buzzer and light: the truth, also where a line refuses. */
import type { Part, Sounded } from '../aim/messages.js'
import type { Alarm } from '../alarm/index.js'

/** @param output where the alarm goes at this moment */
export const createSounding =
  (alarm: Pick<Alarm, 'test' | 'fault'>, output: () => string): ((part: Part) => Sounded) =>
  (part) => {
    if (output() === 'none') return { is: 'no-output' }
    if (!alarm.test(part)) return { is: 'busy' }
    // Both lines are written with each step: one that is gone has refused by now.
    const why = alarm.fault()
    return why === null ? { is: 'sounded' } : { is: 'refused', why }
  }
