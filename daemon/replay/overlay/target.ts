/** Where the overlay goes: refused beforehand where it cannot be written, for OpenCV is silent about it. */
import { existsSync, realpathSync, writeFileSync } from 'node:fs'
import { ReplayError } from '../errors.js'

/**
 * @param file where the video goes
 * @param recording what is replayed, which must not be overwritten
 * @throws ReplayError `overlay-refused`
 */
export function refuseUnwritable(file: string, recording: string): void {
  if (existsSync(file) && realpathSync(file) === realpathSync(recording)) {
    throw new ReplayError('overlay-refused', `the overlay ${file} is the recording itself, which it would destroy; give it another name`)
  }
  if (!/\.(mp4|avi)$/.test(file)) throw new ReplayError('overlay-refused', `the overlay ${file} must end in .mp4 or .avi`)
  try {
    writeFileSync(file, '')
  } catch (fault) {
    const why = fault instanceof Error && 'code' in fault ? ` (${fault.code})` : ''
    throw new ReplayError(
      'overlay-refused',
      `the overlay ${file} cannot be written${why}: does its folder exist, and may you write there?`,
      fault,
    )
  }
}
