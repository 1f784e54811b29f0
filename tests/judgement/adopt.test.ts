/** Thresholds that are changed while the driver is watched. */
import { describe, expect, it } from 'vitest'
import { createJudgement } from '../../daemon/judgement/index.js'
import type { Policy } from '../../daemon/judgement/policy.js'
import { createBaseline } from '../../daemon/judgement/signs/baseline/baseline.js'
import { defaultPolicy } from '../../scripts/scenarios/tell.js'
import { CLOSED, fedOf, OPEN, stretchOf } from './streams.js'

/** Eyes open for 3 s, closed for `closedMs`; from `afterMs` of the closure on by another policy. */
const judged = (closedMs: number, afterMs: number, policy: Partial<Policy>) => {
  const judgement = createJudgement(defaultPolicy)
  let isChanged = false
  return fedOf([stretchOf(OPEN, 3000), stretchOf(CLOSED, closedMs)], 30, null).flatMap(({ observation, inputs }) => {
    if (!isChanged && observation.at >= 3000 + afterMs) {
      isChanged = true
      judgement.adopt({ ...defaultPolicy, ...policy })
    }
    return judgement.observe(observation, inputs).decisions
  })
}

describe('another policy', () => {
  it('counts from the next observation on', () => {
    expect(judged(900, 0, {})).toEqual([])
    expect(judged(900, 0, { microsleepMs: 800 })).toMatchObject([{ rule: 'microsleep', level: 2 }])
  })

  it('loses neither a closure that runs nor the incident in progress', () => {
    expect(judged(2700, 1500, { sleepMs: 2500 })).toMatchObject([
      { rule: 'microsleep', phase: 'raised', incident: 1 },
      { rule: 'sleep', level: 3, phase: 'escalated', incident: 1, startedMs: 3000 },
    ])
  })

  it('measures the eyes that were learned by another threshold', () => {
    const baseline = createBaseline(0.5, null)
    const [fed] = fedOf([stretchOf(OPEN, 20_000)], 30, null)
      .map(({ observation }) => observation)
      .slice(-1)
    for (const { observation } of fedOf([stretchOf(OPEN, 20_000)], 30, null)) baseline.step(observation, false)
    const learned = baseline.openLevel
    baseline.adopt(0.7)
    if (fed === undefined) throw new Error('nothing was fed')
    expect(baseline.openLevel).toBe(learned)
    expect(baseline.step({ ...fed, at: fed.at + 33 }, false).left.enter).toBeCloseTo((learned ?? 0) + 0.7 * (1 - (learned ?? 0)), 2)
  })

  it('before anything was seen is what an unknown eye goes by', () => {
    const baseline = createBaseline(0.5, null)
    baseline.adopt(0.7)
    const [first] = fedOf([stretchOf(OPEN, 100)], 30, null)
    if (first === undefined) throw new Error('nothing was fed')
    expect(baseline.step(first.observation, false)).toEqual(createBaseline(0.7, null).step(first.observation, false))
  })
})
