/** The recording of the driver drawn by code: made once before all tests, and the demonstration's own. */
import { fileURLToPath } from 'node:url'

export const drawnDriver = fileURLToPath(new URL('../.cache/demo/driver.avi', import.meta.url))

/** When its eyes are closed for long, seconds. */
export const CLOSED = { startSeconds: 7.5, endSeconds: 12 }
