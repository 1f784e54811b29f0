/** The locator: BlazeFace tracks the face, its points give the pose and the eyes, and from these the squares are cut. */
import path from 'node:path'
import type { Frame, Square } from '../pixels.js'
import { createBlazeface, type Detection } from './blazeface.js'
import { createSteadyEyes, type EyePoints, eyeCentres } from './eyes.js'
import { headPose } from './pose.js'
import { wholeFrame } from './region.js'
import { eyeSquares } from './squares.js'
import { createTracker } from './track.js'
import type { Located, LocatedEye, Locator } from './types.js'
import { noFaceReason, unseenReasons } from './visibility.js'

const unlocated = (frame: Frame): Located => {
  const scene = frame.light(wholeFrame(frame.width, frame.height))
  const reason = noFaceReason(scene)
  return { face: null, left: null, right: null, unseen: { left: reason, right: reason }, scene }
}

const located = (frame: Frame, found: Detection, eyes: EyePoints): Located => {
  const pose = headPose(found)
  const squares = eyeSquares(eyes.left, eyes.right, pose.yaw)
  const scene = frame.light({ center: [...found.center], size: Math.max(found.width, found.height), roll: pose.roll })
  const unseen = unseenReasons(pose, squares.left, scene)
  const eye = (square: Square, reason: string | null): LocatedEye | null => (reason === null ? { square, visible: 1 } : null)
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

/**
 * Loads both detectors.
 * @param modelsDir folder of blazeface-full.onnx and blazeface-short.onnx
 * @param threads of ONNX Runtime; 1 unless told
 * @throws LocatorError when a model is missing or is not what it should be
 */
export const createLocator = async ({ modelsDir, threads = 1 }: { modelsDir: string; threads?: number }): Promise<Locator> => {
  const full = await createBlazeface(path.join(modelsDir, 'blazeface-full.onnx'), 'full', threads)
  const short = await createBlazeface(path.join(modelsDir, 'blazeface-short.onnx'), 'short', threads)
  const tracker = createTracker(full, short)
  const steady = createSteadyEyes()
  return {
    locate: async (frame) => {
      const found = await tracker.track(frame)
      if (found === null) {
        steady.reset()
        return unlocated(frame)
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
