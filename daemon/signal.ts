/** What crosses from the judgement to the alarm. */

/** Name of what the driver is to hear and see. `quiet`: something stands, and does not sound. */
export type Signal =
  | 'clear'
  | 'quiet'
  | 'notice'
  | 'warn'
  | 'alarm'
  | 'emergency'
  | 'distracted'
  | 'distracted-long'
  | 'cannot-see'
  | 'degraded'
