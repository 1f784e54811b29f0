import { expect, it } from 'vitest'
import { createJudgement } from '../../../daemon/judgement/index.js'
import { defaultPolicy } from '../../../scripts/scenarios/tell.js'
import { CLOSED, fedOf, OPEN, stretchOf } from '../streams.js'

const judgedTo = (closedMs: number) => {
  const judgement = createJudgement(defaultPolicy)
  const fed = fedOf([stretchOf(OPEN, 3000), stretchOf(CLOSED, closedMs)], 30, null)
  const decisions = fed.flatMap(({ observation, inputs }) => judgement.observe(observation, inputs).decisions)
  return { judgement, decisions }
}

it('a watch that ends in an alarm ends its incident, once, and says why', () => {
  const { judgement, decisions } = judgedTo(4000)
  const [ended, ...more] = judgement.finish()
  expect(more).toEqual([])
  expect(ended).toMatchObject({ rule: 'sleep', level: 3, phase: 'ended', incident: decisions[0]?.incident })
  expect(ended?.evidence).toMatchObject({ highestLevel: 3, cause: 'stop' })
  expect(judgement.finish()).toEqual([])
})

it('a watch that ends while nothing stands, or before it began, has nothing to say', () => {
  expect(judgedTo(200).judgement.finish()).toEqual([])
  expect(createJudgement(defaultPolicy).finish()).toEqual([])
})
