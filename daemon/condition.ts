/** What stands wrong with the daemon or its machine while it goes on: told in the log, in `health`, by /healthz and /metrics. */
export const conditions = [
  /** The configuration cannot be used; the last good one is in force. */
  'config-last-good',
  /** The configuration was edited and asked for, and cannot be used or put into force; what was in force goes on. */
  'config-not-taken',
  /** Buzzer or light could not be had at the start, with no other configuration to go by: the watch goes on without it. */
  'output-refuses',
  /** The eye-state model did not prove itself; another is in use. */
  'model-fallback',
  /** The classifier runs on the CPU, since the provider that was asked for is not there or failed. */
  'provider-fallback',
  /** A model or a native part of the eyes cannot be used, and there is none to take its place: nobody is watched. */
  'eyes-unusable',
  /** The camera gives pictures of another size than was asked for. */
  'picture-size',
  /** The outbox cannot be written (a full or read-only disk): events wait in memory. */
  'disk-refuses',
  /** Pictures around alarms are to be kept, and cannot be: a bad key, a folder that cannot be written, a full disk. */
  'evidence-fails',
  /** The processor is hot; what is not needed to watch the driver is shed. */
  'hot',
  /** The processor is slowed down by its own protection. */
  'throttled',
  /** The supply voltage is too low. */
  'undervoltage',
  /** The two processes take more memory than they should. */
  'memory-high',
] as const

export type Condition = (typeof conditions)[number]
