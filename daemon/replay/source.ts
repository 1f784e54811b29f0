/** What a replay judges, step by step; and the steps of a video, looked at through the whole chain. */
import { performance } from 'node:perf_hooks'
import type { Inputs } from '../judgement/rule.js'
import { NO_INPUTS } from '../judgement/rule.js'
import type { Observation } from '../observation.js'
import type { Camera } from '../vision/camera/types.js'
import type { Chain, Look } from '../vision/chain.js'
import type { Frame } from '../vision/pixels.js'

/** One observation, with the frame it was made of while the consumer holds this step; null out of a log. */
export type Step = {
  /** As it was judged, with the time of its own clock: a difference of times must come out the same to the last bit. */
  observation: Observation
  /** What of that clock is the recording's start, ms. */
  startMs: number
  inputs: Inputs
  stageMs: Readonly<Record<string, number>>
  picture: { frame: Frame; look: Look } | null
}

/**
 * Looks at every frame that `keep` lets through. Each frame is released when the consumer asks for the next step.
 * @param onEnd told how many frames were read, and how many the recording says it holds
 */
export async function* fromVideo(
  camera: Camera,
  chain: Chain,
  keep: (atMs: number) => boolean,
  onEnd: (read: number, stated: number | null) => void,
): AsyncGenerator<Step> {
  let ordinal = 0
  let read = 0
  for (;;) {
    const startMs = performance.now()
    const frame = await camera.next()
    if (frame === null) {
      onEnd(read, camera.statedFrames ?? null)
      return
    }
    read += 1
    const readMs = performance.now() - startMs
    try {
      if (!keep(frame.at)) continue
      const look = await chain.look(frame, ordinal)
      ordinal += 1
      yield {
        observation: look.observation,
        startMs: 0,
        inputs: NO_INPUTS,
        stageMs: { read: readMs, ...look.stageMs },
        picture: { frame, look },
      }
    } finally {
      frame.release()
    }
  }
}
