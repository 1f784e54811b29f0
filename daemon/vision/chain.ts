/** The chain that turns one frame into one observation: locate, cut, classify. */
import { performance } from 'node:perf_hooks'
import { type Eye, isSeen, type Observation, type Reason } from '../observation.js'
import type { Classifier, EyeState } from './classify/types.js'
import { hiddenReasons, unseenBecause } from './locate/legible.js'
import type { LocatedEye, Locator } from './locate/types.js'
import { isFarEye } from './locate/visibility.js'
import type { Frame, GrayPatch } from './pixels.js'

/** How long each stage took for one frame, milliseconds. */
export type StageMs = { locate: number; cut: number; classify: number }

export type Look = {
  observation: Observation
  /** The patches that the classifier saw, for an overlay; null where the eye was not located. */
  patches: { left: GrayPatch | null; right: GrayPatch | null }
  stageMs: StageMs
}

export interface Chain {
  /** Looks at one frame. The frame stays the caller's, who releases it. */
  look(frame: Frame, ordinal: number): Promise<Look>
  /** Forgets the face that was tracked, as at the start of another recording. */
  reset(): void
  close(): Promise<void>
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

const toEye = (located: LocatedEye, state: EyeState): Eye => ({
  closed: rounded(state.closed, 4),
  visible: rounded(Math.min(located.visible, state.visible), 4),
  center: [rounded(located.square.center[0], 1), rounded(located.square.center[1], 1)],
  size: rounded(located.square.size, 1),
})

export function createChain(locator: Locator, classifier: Classifier): Chain {
  async function look(frame: Frame, ordinal: number): Promise<Look> {
    const startMs = performance.now()
    const located = await locator.locate(frame)
    const locatedMs = performance.now()
    const cut = (eye: LocatedEye | null) => (eye === null ? null : frame.cutGray(eye.square, classifier.inputSize))
    const patches = { left: cut(located.left), right: cut(located.right) }
    const shown = (eye: LocatedEye | null, patch: GrayPatch | null) => (eye === null || patch === null ? null : { patch, skin: eye.skin })
    const hidden = hiddenReasons(shown(located.left, patches.left), shown(located.right, patches.right))
    const judged = { left: hidden.left === null ? patches.left : null, right: hidden.right === null ? patches.right : null }
    const cutMs = performance.now()
    // Both eyes in one run: half the calls into the runtime.
    const states = await classifier.classify([judged.left, judged.right].filter((patch) => patch !== null))
    const leftState = judged.left === null ? undefined : states[0]
    const rightState = judged.right === null ? undefined : states[judged.left === null ? 0 : 1]
    const left = located.left !== null && leftState !== undefined ? toEye(located.left, leftState) : null
    const right = located.right !== null && rightState !== undefined ? toEye(located.right, rightState) : null
    const reason = (side: 'left' | 'right', eye: Eye | null): Reason | null => {
      const known = located.unseen[side] ?? hidden[side]
      if (known !== null || isSeen(eye)) return known
      if (hidden.dark) return 'dark-glasses'
      if (isFarEye(located.face?.yaw ?? 0, side)) return 'turned-away'
      const patch = patches[side]
      return patch === null ? 'covered' : unseenBecause(patch)
    }
    const observation: Observation = {
      at: frame.at,
      frame: ordinal,
      face: located.face,
      left,
      right,
      unseen: { left: reason('left', left), right: reason('right', right) },
      scene: { brightness: rounded(located.scene.brightness, 1), sharpness: rounded(located.scene.sharpness, 1) },
    }
    const stageMs = { locate: locatedMs - startMs, cut: cutMs - locatedMs, classify: performance.now() - cutMs }
    return { observation, patches, stageMs }
  }

  return {
    look,
    reset: () => locator.reset(),
    async close() {
      await Promise.all([locator.close(), classifier.close()])
    },
  }
}
