/** The kinds of camera, without loading any. */
import type { Config } from '../../config/schema.js'

/** Kinds that are no camera: a recording or a script, which has an end, and is given up where it cannot be read. */
export const isRecorded = (kind: Config['camera']['kind']): boolean => kind === 'file' || kind === 'scripted'

/** Eyes that are not those of whoever sits there: they run only with --simulated. */
export const isSimulated = ({ camera, locate }: Pick<Config, 'camera' | 'locate'>): boolean =>
  isRecorded(camera.kind) || locate.recorded !== null
