/** Times the judgement's steps. Clock readings are part of what is measured; they cost well below a microsecond. */
import { performance } from 'node:perf_hooks'
import { createJudgement } from '../../daemon/judgement/index.js'
import { stepsOf } from './drive.js'
import { parseStory } from './story.js'
import { defaultPolicy } from './tell.js'

export type StepTimes = { steps: number; medianUs: number; p95Us: number }

// A busy minute and a half: blinks, looks aside, sight lost, a long closure.
const MIXED = `
story: mixed driving
happens: [drives 40 s, looks to the mirror 1 s, drives 20 s, hand over the camera 9 s, drives 10 s, eyes closed 4 s, drives 6 s]
must: nothing
`

/** @param seconds of driving that are judged, at 30 frames a second; the first tenth warms up and is not counted */
export function measureSteps(seconds: number): StepTimes {
  const { timeline } = parseStory('mixed', MIXED)
  const round = stepsOf(timeline, { fps: 30, rough: true, seed: 3 })
  const judgement = createJudgement(defaultPolicy)
  const total = seconds * 30
  const times: number[] = []
  for (let i = 0; i < total; i++) {
    const step = round[i % round.length]
    if (step === undefined) break
    const { speedKmh, acknowledged } = step
    const at = step.observation.at + Math.floor(i / round.length) * (timeline.seconds * 1000)
    const observation = { ...step.observation, at }
    const before = performance.now()
    judgement.observe(observation, { speedKmh, acknowledged })
    const tookMs = performance.now() - before
    if (i >= total / 10) times.push(tookMs)
  }
  times.sort((a, b) => a - b)
  const quantileUs = (share: number): number => 1000 * (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0)
  return { steps: times.length, medianUs: quantileUs(0.5), p95Us: quantileUs(0.95) }
}
