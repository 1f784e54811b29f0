/** Everything that can be wrong with a configuration. Each code has a row with its cure in docs/troubleshooting.md (a test compares). */
export const findingCodes = [
  // the file
  'file-missing',
  'file-unreadable',
  'file-too-large',
  'file-not-text',
  // the YAML
  'yaml-syntax',
  'tab-indent',
  'duplicate-key',
  'too-deep',
  'not-a-mapping',
  // the keys and values
  'unknown-key',
  'wrong-type',
  'no-value',
  'out-of-range',
  'not-a-choice',
  'bad-text',
  'conflict',
  'no-such-file',
  // warnings
  'no-settings',
  'empty-section',
  'login-unprotected',
  'fleet-file-missing',
  'evidence-file-missing',
  'risky',
] as const

export type FindingCode = (typeof findingCodes)[number]
