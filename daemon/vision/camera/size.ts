/** Whether pictures have the size that was asked for, and keep it. Pure. */
import type { Config } from '../../config/schema.js'
import { CameraError } from './types.js'

type Size = { width: number; height: number }

const inPx = ({ width, height }: Size): string => `${width}x${height} px`

/** What is wrong with the first picture of a live camera, as a sentence; null: nothing. Recordings and scripts have the size they have. */
export function sizeFault({ kind, widthPx, heightPx, rotateDegrees }: Config['camera'], got: Size): string | null {
  if (kind === 'file' || kind === 'scripted') return null
  const isUpright = rotateDegrees % 180 === 0
  const asked = { width: isUpright ? widthPx : heightPx, height: isUpright ? heightPx : widthPx }
  if (got.width === asked.width && got.height === asked.height) return null
  return (
    `The camera gives pictures of ${inPx(got)} instead of ${inPx(asked)}, and is watched with these: ` +
    'set camera.widthPx and heightPx to a size that `v4l2-ctl --list-formats-ext` shows.'
  )
}

/** @returns what throws a CameraError `camera-size` on a picture of another size than the first: a camera that has come to itself anew, half set up */
export function createSizeWatch(name: string): (got: Size) => void {
  let first: Size | null = null
  return ({ width, height }) => {
    first ??= { width, height }
    if (width === first.width && height === first.height) return
    throw new CameraError(
      'camera-size',
      `${name} gives pictures of ${inPx({ width, height })} instead of ${inPx(first)}; it is opened anew`,
    )
  }
}
