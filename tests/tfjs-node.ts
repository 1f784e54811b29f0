/** Whether the optional @tensorflow/tfjs-node is set up here. */
import { createRequire } from 'node:module'

/** @param what is not tested without it; said on stderr where it is not set up */
export function isTfjsNodeSetUp(what: string): boolean {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  try {
    createRequire(import.meta.url)('@tensorflow/tfjs-node')
    return true
  } catch {
    // Why it does not load is told by our own error message, which tests/classify/tfjs.test.ts asks for.
    console.warn(`SKIPPED: ${what} is not tested, because @tensorflow/tfjs-node is not set up (optional: scripts/setup-tfjs)`)
    return false
  }
}
