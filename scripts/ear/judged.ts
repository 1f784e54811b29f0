/** A recorded signal, judged. */
import type { Decision } from '../../daemon/judgement/decision.js'
import { createJudgement } from '../../daemon/judgement/index.js'
import { defaultPolicy } from '../scenarios/tell.js'
import { type Score, scoreOf, seenBlinks } from './blinks.js'
import { observationsOf, type Recording, readRecording } from './signal.js'

/** The two recordings of eyeblink8/labels. */
export const recordings = ['video2', 'video4'] as const

export type Judged = { recording: Recording; raised: readonly Decision[]; score: Score }

/** @param folder that holds the signals and labels */
export function judgeRecording(folder: string, name: string): Judged {
  const recording = readRecording(folder, name)
  const judgement = createJudgement(defaultPolicy)
  const verdicts = observationsOf(recording).map((observation) => judgement.observe(observation))
  const raised = verdicts.flatMap(({ decisions }) => decisions).filter(({ phase }) => phase !== 'ended')
  return { recording, raised, score: scoreOf(recording.blinks, seenBlinks(verdicts)) }
}
