import type { AlarmOutput } from './types.js'

/** No alarm: for a vehicle that is only watched, and for replay. */
export const createNoOutput = (): AlarmOutput => ({ set: () => undefined, close: () => undefined })
