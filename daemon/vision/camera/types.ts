/** The camera port: where frames come from. One implementation a file; index.ts chooses. */
import { CodedError } from '../../coded.js'
import type { Frame } from '../pixels.js'
import type { Seen } from './remembered.js'

export interface Camera {
  /** What is read, for messages: "/dev/video0 640x480 at 30 fps". */
  readonly name: string
  /** Frames a second as the source states them; 0 where it does not say. */
  readonly fps: number
  /** How many frames a recording says it holds; absent or null where that is not known. */
  readonly statedFrames?: number | null
  /** What it is known by when it comes back under another number; absent or null where it has no such name. */
  readonly seen?: Seen | null
  /**
   * The newest frame that was not given before; waits for one. Called by the loop, one call at a time. The caller releases the frame.
   * @returns null at the end of a recording, and only there
   * @throws CameraError when the source fails
   */
  next(): Promise<Frame | null>
  /** Frees the device. Called once, last; a `next` under way may then throw. */
  close(): Promise<void>
}

/** What can go wrong with a camera. */
export const cameraErrorCodes = [
  /** Nothing is there. */
  'camera-missing',
  /** It is there, and cannot be opened. */
  'camera-refused',
  /** It stopped giving frames. */
  'camera-lost',
  /** It gives the same picture again and again. */
  'camera-frozen',
  /** Its pictures have become larger or smaller. */
  'camera-size',
  /** A script in place of a camera cannot be used. */
  'camera-script',
] as const

export type CameraErrorCode = (typeof cameraErrorCodes)[number]

export class CameraError extends CodedError<CameraErrorCode> {
  override readonly name = 'CameraError'
}
