/** A fault as a person reads it: the sentence, and behind it the code by which docs/troubleshooting.md finds it. */

// Ours are words with hyphens; those of the system (ENOENT) stand in the sentence already, where they help.
const OURS = /^[a-z][a-z-]*$/

/** "the camera script a.json does not exist [camera-missing]". */
export const codedSentence = (fault: Error): string =>
  'code' in fault && typeof fault.code === 'string' && OURS.test(fault.code) ? `${fault.message} [${fault.code}]` : fault.message
