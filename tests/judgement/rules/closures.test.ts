/** The rules that go by one closure, or by sight lost in it: just below and at each threshold, and what they tell. */
import { describe, expect, it } from 'vitest'
import type { Standing } from '../../../daemon/judgement/rule.js'
import { createMicrosleep } from '../../../daemon/judgement/rules/microsleep.js'
import { createSleep } from '../../../daemon/judgement/rules/sleep.js'
import { createSlump } from '../../../daemon/judgement/rules/slump.js'
import { createUnresponsive } from '../../../daemon/judgement/rules/unresponsive.js'
import { defaultPolicy } from '../story.js'
import { blind, closure, lostSight, moment } from './moment.js'

const closedFor = (closedMs: number, said = {}) =>
  moment(9000, { eyes: { state: 'closed' }, closures: { running: closure({ closedMs, ...said }), seenClosed: true, ended: null } })

describe.each([
  ['microsleep', createMicrosleep, 1000, 2],
  ['sleep', createSleep, 3000, 3],
  ['unresponsive', createUnresponsive, 6000, 4],
] as const)('%s', (rule, create, thresholdMs, level) => {
  const step = (said: Parameters<ReturnType<typeof create>['step']>[0]) => create(defaultPolicy).step(said)

  it('begins at its threshold, and not below', () => {
    expect(step(closedFor(thresholdMs - 0.1))).toBeNull()
    expect(step(closedFor(thresholdMs))).toMatchObject({ rule, level, startedMs: 1000, confidence: 0.9 })
  })

  it('tells how long, and how much of it was seen', () =>
    expect(step(closedFor(thresholdMs + 12.4, { seenShare: 0.87654, confidence: 0.87654 }))).toMatchObject({
      evidence: { closedMs: thresholdMs + 12, seenShare: 0.877 },
      confidence: 0.877,
    }))

  it('needs 60 % of it seen closed', () => {
    expect(step(closedFor(thresholdMs, { seenShare: 0.599 }))).toBeNull()
    expect(step(closedFor(thresholdMs, { seenShare: 0.6 }))).not.toBeNull()
  })

  it('fires on what is seen alone', () =>
    expect(step(moment(9000, { closures: { running: closure({ closedMs: thresholdMs }), seenClosed: false, ended: null } }))).toBeNull())

  it('finds nothing without a closure', () => expect(step(moment(9000))).toBeNull())
})

describe('slump', () => {
  const step = (said: Parameters<typeof lostSight>[0], more = {}) =>
    createSlump(defaultPolicy).step(
      moment(9000, { lost: lostSight(said), eyes: { state: 'unseen' }, observation: blind('no-face'), ...more }),
    )

  it.each([
    ['closure', 999, null],
    ['closure', 1000, 2],
    ['warning', 2999, 2],
    ['warning', 3000, 3],
    ['nod', 3999, null],
    ['nod', 4000, 2],
    ['nod', 5999, 2],
    ['nod', 6000, 3],
  ] as const)('after a %s, %i ms: level %s', (after, clockMs, level) => expect(step({ after, clockMs })?.level ?? null).toBe(level))

  it('tells after what, for how long, and why nothing is seen', () => {
    expect(step({ clockMs: 3000.4 })).toEqual({
      ...{ rule: 'slump', level: 3, startedMs: 1000, confidence: 0.5 },
      evidence: { after: 'closure', slumpedMs: 3000, reason: 'no-face' },
    })
    const one = { left: null, right: 'covered' } as const
    expect(step({}, { observation: { unseen: one } })?.evidence.reason).toBe('covered')
    expect(step({}, { observation: { unseen: { left: null, right: null } }, eyes: { state: 'closed' } })?.evidence.reason).toBe(
      'seen-closed',
    )
  })

  it('is none while the eyes are open, nothing is lost, or only a frame is', () => {
    expect(step({}, { eyes: { state: 'open' } })).toBeNull()
    expect(step({ isSlump: false })).toBeNull()
    expect(step({}, { lost: null })).toBeNull()
  })
})

describe('unresponsive, slumped', () => {
  const step = (said: Parameters<typeof lostSight>[0], more = {}) =>
    createUnresponsive().step(moment(9000, { lost: lostSight({ clockMs: 6000, ...said }), eyes: { state: 'unseen' }, ...more }))

  it('from 6 s on, and tells it', () => {
    expect(step({ clockMs: 5999 })).toBeNull()
    expect(step({ clockMs: 6000.4 })).toEqual({
      ...{ rule: 'unresponsive', level: 4, startedMs: 1000, confidence: 0.5 },
      evidence: { cause: 'slumped', slumpedMs: 6000, after: 'closure' },
    })
  })

  it('never of one who turned away, who nodded without a closure, whose eyes are open, or of a lost frame', () => {
    expect(step({ isAway: true })).toBeNull()
    expect(step({ after: 'nod' })).toBeNull()
    expect(step({ isSlump: false })).toBeNull()
    expect(step({}, { eyes: { state: 'open' } })).toBeNull()
  })
})

describe('unresponsive, without an answer', () => {
  const asleep: Standing = { rule: 'sleep', level: 3, sinceMs: 5000, quiet: false }
  const unseen = { eyes: { state: 'unseen' }, observation: blind('no-face'), standing: asleep } as const
  const lastOf = (...moments: ReturnType<typeof moment>[]) => {
    const rule = createUnresponsive()
    return moments.map((one) => rule.step(one)).at(-1)
  }

  it('3 s after the alarm, and not before', () => {
    expect(lastOf(moment(5000, unseen), moment(7999, unseen))).toBeNull()
    expect(lastOf(moment(5000, unseen), moment(8000.4, unseen))).toEqual({
      ...{ rule: 'unresponsive', level: 4, startedMs: 5000, confidence: 0.5 },
      evidence: { cause: 'no-answer', unansweredMs: 3000 },
    })
  })

  it('with the confidence of eyes that are seen closed', () =>
    expect(lastOf(moment(5000, unseen), moment(8000, { standing: asleep, eyes: { state: 'closed', confidence: 0.8 } }))?.confidence).toBe(
      0.8,
    ))

  it('is taken by the button, once and for all of this alarm', () => {
    const pressed = moment(6000, { ...unseen, inputs: { acknowledged: true } })
    expect(lastOf(moment(5000, unseen), pressed, moment(9000, unseen))).toBeNull()
    const again = { ...unseen, standing: { ...asleep, sinceMs: 20_000 } }
    expect(lastOf(moment(5000, unseen), pressed, moment(15_000), moment(20_000, again), moment(23_000, again))).toMatchObject({
      level: 4,
      startedMs: 20_000,
    })
  })

  it('is not asked of open eyes, of one who looks aside, nor without a camera', () => {
    expect(lastOf(moment(5000, unseen), moment(9000, { standing: asleep, eyes: { state: 'open' } }))).toBeNull()
    expect(lastOf(moment(5000, unseen), moment(9000, { ...unseen, observation: blind('turned-away', true) }))).toBeNull()
    expect(lastOf(moment(5000, unseen), moment(9000, { ...unseen, observation: blind('turned-away') }))).not.toBeNull()
    expect(lastOf(moment(5000, unseen), moment(9000, { ...unseen, stretches: { absentMs: 1 } }))).toBeNull()
  })

  it.each([
    ['a warning', { ...asleep, level: 2, rule: 'microsleep' }, null, false],
    ['a slump after a closure', { ...asleep, rule: 'slump' }, lostSight({ clockMs: 100 }), false],
    ['a slump whose sight is back', { ...asleep, rule: 'slump' }, null, false],
    ['a head that fell', { ...asleep, rule: 'slump' }, lostSight({ after: 'nod', clockMs: 100 }), true],
  ] as const)('%s calls for an answer: %o', (_, standing, lost, isCalled) => {
    const said = { ...unseen, standing, lost }
    expect(lastOf(moment(5000, said), moment(9000, said)) !== null).toBe(isCalled)
  })
})
