/** Between the port's patches and the flat numbers the runtimes take and give. */
import type { GrayPatch } from '../pixels.js'
import { ClassifierError } from './errors.js'
import { INPUT_SIDE, normalise } from './normalise.js'
import type { EyeState } from './types.js'

/**
 * All patches normalised, one after another: [N × 64 × 64]. Throws ClassifierError `patch-size`.
 * @param packed is written to and given back; new memory unless told
 */
export const packPatches = (
  patches: readonly GrayPatch[],
  packed: Float32Array = new Float32Array(patches.length * INPUT_SIDE ** 2),
): Float32Array => {
  patches.forEach(({ width, height, data }, index) => {
    if (width !== INPUT_SIDE || height !== INPUT_SIDE || data.length !== INPUT_SIDE ** 2) {
      throw new ClassifierError(
        'patch-size',
        `eye patch ${index} is ${width}×${height} with ${data.length} bytes; the classifier takes ${INPUT_SIDE}×${INPUT_SIDE}`,
      )
    }
    normalise(data, packed, index * INPUT_SIDE ** 2)
  })
  return packed
}

const isProbability = (value: number): boolean => value >= 0 && value <= 1

/** The network's probabilities as states. Throws ClassifierError `run-failed` when they are not `count` numbers each within 0..1. */
export const toStates = (closed: ArrayLike<number>, visible: ArrayLike<number>, count: number): EyeState[] => {
  const states = Array.from(closed, (probability, at) => ({ closed: probability, visible: visible[at] ?? Number.NaN }))
  const sound = states.every((state) => isProbability(state.closed) && isProbability(state.visible))
  if (states.length !== count || visible.length !== count || !sound) {
    const given = [closed, visible].map((values) => `[${Array.from(values).join(', ')}]`).join(' and ')
    throw new ClassifierError('run-failed', `the eye-state model gave ${given} for ${count} patches`)
  }
  return states
}
