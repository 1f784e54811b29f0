/** The kinds of camera, without loading any. */
import type { Config } from '../../config/schema.js'

/** Kinds whose eyes are not a driver's: they run only with --simulated. */
export const isSimulated = (kind: Config['camera']['kind']): boolean => kind === 'file' || kind === 'scripted'
