/** How a model does on recordings, through the daemon's own chain: closures found, closures seen, awake people called closed. */
import { isSeen, type Observation } from '../../../daemon/observation.js'
import { createChain } from '../../../daemon/vision/chain.js'
import { createClassifier } from '../../../daemon/vision/classify/index.js'
import { createLocator } from '../../../daemon/vision/locate/index.js'
import { shippedModels } from '../../../daemon/vision/models.js'
import type { Mark } from '../../marks.js'
import { openRecording } from '../data/recording.js'

/** One frame: both eyes seen; all seen eyes closed (an unseen pair is not). */
export type Moment = { seconds: number; seen: boolean; closed: boolean }

const momentOf = ({ at, left, right }: Observation): Moment => {
  const eyes = [left, right].filter(isSeen)
  return { seconds: at / 1000, seen: eyes.length === 2, closed: eyes.length > 0 && eyes.every((eye) => eye.closed >= 0.5) }
}

/** Looks at every frame of the recordings with one model; gives each recording's moments by its path below `data`. */
export const watch = async (model: string, data: string, files: readonly string[]): Promise<Map<string, Moment[]>> => {
  const classifier = await createClassifier({ kind: 'onnx', model })
  const chain = createChain(await createLocator({ modelsDir: shippedModels() }), classifier)
  const seen = new Map<string, Moment[]>()
  for (const file of files) {
    chain.reset()
    const camera = openRecording(data, file)
    const moments: Moment[] = []
    for (let frame = await camera.next(); frame !== null; frame = await camera.next()) {
      moments.push(momentOf((await chain.look(frame, moments.length)).observation))
      frame.release()
    }
    await camera.close()
    seen.set(file, moments)
  }
  await chain.close()
  return seen
}

// Source: data/README.md: marks are right within 0.1 s.
const MARK_SLACK_SECONDS = 0.1
// Source: the issue: natural blinks are shorter.
const LONGEST_BLINK_SECONDS = 0.5

/** Frames in the middle of marked closures: how many, how many called closed, how many with both eyes seen. */
export const closureFigures = (moments: readonly Moment[], marks: readonly Mark[]): { frames: number; closed: number; seen: number } => {
  const inside = moments.filter(({ seconds }) =>
    marks.some(
      (mark) =>
        mark.label === 'closed' && seconds > mark.startSeconds + MARK_SLACK_SECONDS && seconds < mark.endSeconds - MARK_SLACK_SECONDS,
    ),
  )
  return {
    frames: inside.length,
    closed: inside.filter(({ closed }) => closed).length,
    seen: inside.filter(({ seen }) => seen).length,
  }
}

/** Seconds outside these marks, whatever they say, and those of them that lie in runs of more than 0.5 s called closed. */
export const awakeFigures = (moments: readonly Moment[], marks: readonly Mark[]): { seconds: number; falseSeconds: number } => {
  const marked = (seconds: number): boolean =>
    marks.some((mark) => seconds > mark.startSeconds - MARK_SLACK_SECONDS && seconds < mark.endSeconds + MARK_SLACK_SECONDS)
  let [seconds, falseSeconds, run] = [0, 0, 0]
  const endRun = (): void => {
    if (run > LONGEST_BLINK_SECONDS) falseSeconds += run
    run = 0
  }
  moments.forEach((moment, at) => {
    const next = moments[at + 1]
    const counts = next !== undefined && !marked(moment.seconds)
    const length = counts ? next.seconds - moment.seconds : 0
    seconds += length
    if (counts && moment.closed) run += length
    else endRun()
  })
  return { seconds, falseSeconds }
}
