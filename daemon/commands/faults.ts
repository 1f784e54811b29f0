/** How a command ends when something is wrong: one sentence on stderr, the contract's exit code, no stack trace. */
import { codedSentence } from '../coded.js'
import { ConfigError, formatFinding } from '../config/index.js'

/** 0 done · 1 it found a fault · 2 bad arguments or configuration. */
export type ExitCode = 0 | 1 | 2

/** Bad arguments, for what no typed error of a room covers. */
export class UsageError extends Error {
  readonly code = 'usage'
}

// Codes of the rooms' errors that mean: what the caller named is not there or is not what it should be.
const CALLERS_FAULT = new Set([
  'usage',
  'camera-missing',
  'camera-refused',
  'camera-script',
  'recording-missing',
  'log-invalid',
  'overlay-refused',
  'model-missing',
  'model-invalid',
  'topic-level',
  'record-refused',
  'evidence-key',
  'evidence-missing',
])

const codeOf = (fault: unknown): string | null =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : null

/** Says what went wrong, in a sentence, to `write`; returns the exit code. Faults that nobody foresaw show their stack, for a report. */
export function reportFault(fault: unknown, write: (text: string) => void): ExitCode {
  if (fault instanceof ConfigError) {
    for (const finding of fault.findings) write(`${formatFinding(finding)}\n`)
    return 2
  }
  const code = codeOf(fault)
  if (fault instanceof Error && code !== null) {
    // Bad arguments: the sentence is all there is to know.
    write(`kantukd: ${code === 'usage' ? fault.message : codedSentence(fault)}\n`)
    return CALLERS_FAULT.has(code) ? 2 : 1
  }
  write(`kantukd: unforeseen: ${fault instanceof Error ? fault.stack : String(fault)}\n`)
  return 1
}
