/** Errors with a code, and how a person reads them. */

/** What went wrong: a code of a closed list, by which docs/troubleshooting.md finds it, and a sentence that says where and what to do. */
export class CodedError<Code extends string> extends Error {
  constructor(
    readonly code: Code,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}

// Ours are words with hyphens; those of the system (ENOENT) stand in the sentence already, where they help.
const OURS = /^[a-z][a-z-]*$/

/** "the camera script a.json does not exist [camera-missing]". */
export const codedSentence = (fault: Error): string =>
  'code' in fault && typeof fault.code === 'string' && OURS.test(fault.code) ? `${fault.message} [${fault.code}]` : fault.message
