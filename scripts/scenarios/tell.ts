/** Plays a story to the judgement. */
import { defaultConfig } from '../../daemon/config/schema.js'
import type { Decision } from '../../daemon/judgement/decision.js'
import { createJudgement, type Verdict } from '../../daemon/judgement/index.js'
import { type Policy, policyOf } from '../../daemon/judgement/policy.js'
import { type Drive, stepsOf } from './drive.js'
import type { Timeline } from './stage.js'

export type Told = { fps: number; rough: boolean; verdicts: readonly Verdict[]; decisions: readonly Decision[] }

/** The policy as the default configuration sets it. */
export const defaultPolicy: Policy = policyOf(defaultConfig().judgement)

// More than any story has.
const RUN_INCIDENTS = 1000

export function tell(timeline: Timeline, drive: Drive, policy = defaultPolicy): Told {
  let judgement = createJudgement(policy)
  const verdicts: Verdict[] = []
  let firstIncident = 0
  let lastMs = Number.NEGATIVE_INFINITY
  for (const { observation, speedKmh, acknowledged, restarted } of stepsOf(timeline, drive)) {
    if (restarted) {
      judgement = createJudgement(policy, judgement.memory)
      // Incidents are counted from 1 again; what the last run left open is none of this one's.
      firstIncident += RUN_INCIDENTS
    }
    // As main.ts does: what has been overtaken is left out.
    if (observation.at < lastMs) continue
    lastMs = observation.at
    const verdict = judgement.observe(observation, { speedKmh, acknowledged })
    const decisions = verdict.decisions.map((d) => ({ ...d, incident: d.incident + firstIncident }))
    verdicts.push({ ...verdict, decisions })
  }
  return { fps: drive.fps, rough: drive.rough, verdicts, decisions: verdicts.flatMap((v) => v.decisions) }
}
