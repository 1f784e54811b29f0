/** Why a command was not done. Closed: each has a row with its cure in docs/troubleshooting.md (a test compares). */
export const refusals = [
  // the message
  'too-large',
  'not-json',
  'bad-request',
  'retained',
  'expired',
  'expires-too-late',
  'clock-unsynchronised',
  'unknown-command',
  'not-allowed',
  'transaction-reused',
  // the moment
  'alarm',
  'too-soon',
  'busy',
  // the deed
  'evidence-off',
  'evidence-paused',
  'no-picture',
  'not-kept',
  'failed',
  'interrupted',
  // the configuration
  'config-invalid',
  'key-locked',
  'config-changed',
  'no-config-file',
  'read-only',
  'rolled-back',
] as const

export type Refusal = (typeof refusals)[number]
