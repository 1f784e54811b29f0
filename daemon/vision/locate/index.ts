/** The locator: BlazeFace tracks the face, its points give the pose and the eyes, and from these the squares are cut. */
import path from 'node:path'
import { lightOf, partInside } from '../light.js'
import type { Area, Frame, Square } from '../pixels.js'
import { areaSquare, type RegionShares, searchArea, WHOLE, within } from './area.js'
import { createBlazeface, type Detection } from './blazeface.js'
import { createDriver, type DriverSide } from './driver.js'
import { createSteadyEyes, type EyePoints, eyeCentres } from './eyes.js'
import { distance } from './geometry.js'
import { faceSize } from './place.js'
import { headPose } from './pose.js'
import { cheekBrightness } from './skin.js'
import { eyeSquares } from './squares.js'
import { createTracker } from './track.js'
import type { Located, LocatedEye, Locator } from './types.js'
import { coarseLight, noFaceReason, unseenReasons } from './visibility.js'

// Light is measured at one scale, so that sharpness means the same near and far; own choice, as for whole frames.
const FACE_PX = 64

const unlocated = (frame: Frame, area: Area): Located => {
  const square = areaSquare(area)
  const scene = frame.light(square, area)
  const reason = noFaceReason(scene, coarseLight(frame, square, area))
  return { face: null, left: null, right: null, unseen: { left: reason, right: reason }, scene }
}

const located = (frame: Frame, found: Detection, eyes: EyePoints): Located => {
  const pose = headPose(found)
  const squares = eyeSquares(eyes.left, eyes.right, pose.yaw)
  // One cut of the face, upright, serves its own light and that of the skin beside each eye.
  const around: Square = { center: [...found.center], size: faceSize(found), roll: 0 }
  const patch = frame.cutGray(around, FACE_PX)
  const scene = lightOf(patch, partInside(around, { left: 0, top: 0, right: frame.width, bottom: frame.height }, FACE_PX))
  const unseen = unseenReasons(pose, squares.left, scene)
  const eyeDistance = distance(eyes.left, eyes.right)
  const eye = (square: Square, reason: string | null): LocatedEye | null =>
    reason === null ? { square, visible: 1, skin: cheekBrightness(patch, around, square.center, eyeDistance, pose.roll) } : null
  return {
    face: {
      confidence: found.score,
      box: [found.center[0] - found.width / 2, found.center[1] - found.height / 2, found.width, found.height],
      ...pose,
    },
    left: eye(squares.left, unseen.left),
    right: eye(squares.right, unseen.right),
    unseen,
    scene,
  }
}

export type LocatorOptions = {
  /** Folder of blazeface-full-gray.onnx and blazeface-short-gray.onnx. */
  modelsDir: string
  /** Of ONNX Runtime; 1 unless told. */
  threads?: number
  /** Where the driver sits as the camera sees it; learned unless told. */
  driverSide?: DriverSide
  /** The only part of the frame in which a face is looked for, in shares of it; all unless told. */
  region?: RegionShares
}

/**
 * Loads both detectors.
 * @throws LocatorError when a model is missing or is not what it should be
 */
export const createLocator = async ({ modelsDir, threads = 1, driverSide = 'auto', region = WHOLE }: LocatorOptions): Promise<Locator> => {
  const full = await createBlazeface(path.join(modelsDir, 'blazeface-full-gray.onnx'), 'full', threads)
  const short = await createBlazeface(path.join(modelsDir, 'blazeface-short-gray.onnx'), 'short', threads)
  const area = searchArea(region)
  const tracker = createTracker(full, short, createDriver(driverSide), area)
  const steady = createSteadyEyes()
  return {
    locate: async (frame) => {
      const part = area.of(frame)
      const found = await tracker.track(within(frame, part))
      if (found === null) {
        steady.reset()
        return unlocated(frame, part)
      }
      return located(frame, found, steady.next(eyeCentres(found)))
    },
    reset: () => {
      tracker.reset()
      steady.reset()
    },
    close: async () => {
      await Promise.all([full.close(), short.close()])
    },
  }
}
