/**
 * Time to alert at lower rates, the moment at which a frame happens to be taken included: each recording's observations are thinned
 * at several phases and judged. The chain itself sees every frame here; the table of recordings runs it thinned.
 */
import { createJudgement } from '../../daemon/judgement/index.js'
import type { Observation } from '../../daemon/observation.js'
import type { Mark } from '../marks.js'
import { defaultPolicy } from '../scenarios/tell.js'
import { falseAlarms, mustBeTold, toldOf } from './closures.js'
import type { Raised } from './replay.js'

export type Seen = { observations: readonly Observation[]; marks: readonly Mark[]; seconds: number }
/** Delays are seconds from the mark (or from the first closed frame) to the event, less the rule's threshold. */
export type RateScore = {
  fps: number
  due: number
  told: number
  fromMark: number[]
  fromFirstFrame: number[]
  falseAlarms: number
  hours: number
}

const PHASES = 8

/** The first observation of each interval of 1/fps, intervals beginning at `phase` of one. */
function thinned(observations: readonly Observation[], fps: number, phase: number): Observation[] {
  let last = Number.NEGATIVE_INFINITY
  return observations.filter(({ at }) => {
    const interval = Math.floor((at * fps) / 1000 - phase + 1e-6)
    const isFirst = interval > last
    last = Math.max(last, interval)
    return isFirst
  })
}

type Told = Raised & { startedSeconds: number }

function judge(observations: readonly Observation[]): Told[] {
  const judgement = createJudgement(defaultPolicy)
  const decisions = observations.flatMap((observation) => judgement.observe(observation).decisions)
  return decisions
    .filter(({ phase }) => phase !== 'ended')
    .map(({ rule, level, atMs, startedMs }) => ({ rule, level, seconds: atMs / 1000, startedSeconds: startedMs / 1000 }))
}

/** Judges all recordings at one rate, every phase of it. */
export function scoreAt(fps: number, recordings: readonly Seen[]): RateScore {
  const score: RateScore = { fps, due: 0, told: 0, fromMark: [], fromFirstFrame: [], falseAlarms: 0, hours: 0 }
  for (const { observations, marks, seconds } of recordings) {
    for (let i = 0; i < PHASES; i++) {
      const raised = judge(thinned(observations, fps, i / PHASES))
      score.falseAlarms += falseAlarms(marks, raised).length
      score.hours += seconds / 3600
      for (const mark of mustBeTold(marks)) {
        score.due += 1
        const found = toldOf(mark, 'microsleep', raised, fps)
        if (found === undefined) continue
        score.told += 1
        score.fromMark.push(found.seconds - mark.startSeconds - defaultPolicy.microsleepMs / 1000)
        const own = raised.find((r) => r.rule === 'microsleep' && r.seconds === found.seconds)
        score.fromFirstFrame.push(found.seconds - (own?.startedSeconds ?? found.seconds) - defaultPolicy.microsleepMs / 1000)
      }
    }
  }
  return score
}
