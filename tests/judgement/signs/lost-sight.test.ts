/** Sight that is lost, by three signs alone and at ten frames a second: what came before, when it counts, what its clock says. The rules on it are tried in rules/slump. */
import { describe, expect, it } from 'vitest'
import { createClosures } from '../../../daemon/judgement/signs/closure.js'
import { createLostSight, type LostSight } from '../../../daemon/judgement/signs/lost-sight.js'
import { createStretches } from '../../../daemon/judgement/signs/stretches.js'
import { blind, moment } from '../rules/moment.js'

const STEP_MS = 100
const { observation: seen } = moment(0)

/** What the camera shows; `silent`: nothing comes at all. */
const looks = {
  open: { state: 'open', observation: {} },
  closed: { state: 'closed', observation: {} },
  missing: { state: 'unseen', observation: blind('no-face') },
  away: { state: 'unseen', observation: blind('turned-away', true) },
  noCamera: { state: 'unseen', observation: blind('no-camera') },
  fallen: { state: 'open', observation: { face: seen.face === null ? null : { ...seen.face, pitch: -30 } } },
  fallenAway: {
    state: 'unseen',
    observation: { ...blind('turned-away', true), face: seen.face === null ? null : { ...seen.face, pitch: -30 } },
  },
} as const
type Look = keyof typeof looks | 'silent'
type Told = { isWarned?: boolean; speedKmh?: number | null }
const NOT_TOLD: Told = {}
type Part = readonly [look: Look, seconds: number, told?: Told]
type Step = { atMs: number; lost: LostSight | null }

function follow(...parts: readonly Part[]): Step[] {
  const [closures, stretches, lostSight] = [createClosures(), createStretches(), createLostSight()]
  const steps: Step[] = []
  let atMs = 0
  for (const [look, seconds, { isWarned = false, speedKmh = null } = NOT_TOLD] of parts) {
    for (let left = Math.round((seconds * 1000) / STEP_MS); left > 0; left--, atMs += STEP_MS) {
      if (look === 'silent') continue
      const { state, observation: shown } = looks[look]
      const isShut = state === 'closed'
      const { observation, eyes } = moment(atMs, {
        observation: shown,
        eyes: { state, isShut, closed: isShut ? 0.95 : 0.05, confidence: 0.9 },
      })
      const closure = closures.step(atMs, eyes)
      const held = stretches.step(observation, eyes, speedKmh)
      steps.push({ atMs, lost: lostSight.step({ observation, eyes, closures: closure, stretches: held, isWarned }) })
    }
  }
  return steps
}

/** When sight counts as lost, when as a slump, and what is said last. */
const story = (...parts: readonly Part[]) => {
  const steps = follow(...parts)
  return {
    fromMs: steps.find(({ lost }) => lost !== null)?.atMs ?? null,
    slumpMs: steps.find(({ lost }) => lost?.isSlump)?.atMs ?? null,
    last: steps.at(-1)?.lost ?? null,
  }
}
const NOTHING = { fromMs: null, slumpMs: null, last: null }
const warned: Told = { isWarned: true }
const asleep = [
  ['open', 2],
  ['closed', 0.9],
] as const

describe('after a closure', () => {
  it('of half a second the clock runs on, once two observations and 0.1 s have shown nobody', () => {
    const { fromMs, slumpMs, last } = story(['open', 2], ['closed', 0.6], ['missing', 2])
    expect([fromMs, slumpMs]).toEqual([2600, 2700])
    expect(last).toEqual({ after: 'closure', startedMs: 2000, clockMs: 2500, confidence: 0.5, isSlump: true, isAway: false })
  })

  it('of less it is nothing, but where a warning stands', () => {
    expect(story(['open', 2], ['closed', 0.5], ['missing', 2])).toEqual(NOTHING)
    expect(story(['open', 2, warned], ['closed', 0.3, warned], ['missing', 2, warned])).toMatchObject({
      ...{ fromMs: 2300, slumpMs: 2400 },
      last: { after: 'closure', startedMs: 2000, clockMs: 2200 },
    })
  })

  it('confidence falls with the share of the time that was a closure, down to a half', () => {
    const confidences = follow(...asleep, ['missing', 2]).flatMap(({ lost }) => lost?.confidence ?? [])
    expect(confidences.slice(0, 3).map((confidence) => confidence.toFixed(3))).toEqual(['0.800', '0.720', '0.655'])
    expect(confidences.at(-1)).toBe(0.5)
  })

  it('one that is bridged goes on by itself', () => {
    expect(story(...asleep, ['missing', 0.2], ['closed', 1]).last).toBeNull()
    expect(story(...asleep, ['missing', 0.1], ['closed', 1])).toEqual({ fromMs: 2900, slumpMs: null, last: null })
  })

  it('one that was lost for longer goes on with the same clock when the eyes are found closed', () => {
    expect(story(...asleep, ['missing', 0.7], ['closed', 1]).last).toMatchObject({ startedMs: 2000, clockMs: 2500, isSlump: true })
  })

  it('a head that turns away is said to be away, a fallen one is not', () => {
    expect(story(...asleep, ['away', 2]).last).toMatchObject({ after: 'closure', isSlump: true, isAway: true })
    expect(story(...asleep, ['fallenAway', 0.5]).last).toMatchObject({ after: 'closure', isSlump: true, isAway: false })
  })

  it('open eyes take back as much time as they last, and after a second they are an answer', () => {
    expect(story(...asleep, ['missing', 1], ['open', 0.5], ['missing', 1]).last).toMatchObject({ clockMs: 2300, isSlump: true })
    expect(story(...asleep, ['missing', 1], ['open', 1]).last).toMatchObject({ clockMs: 800 })
    expect(story(...asleep, ['missing', 1], ['open', 1.1]).last).toBeNull()
  })

  it('open eyes before the slump end it at once', () => {
    expect(story(...asleep, ['missing', 0.1], ['open', 0.4], ['missing', 2])).toMatchObject({ fromMs: 2900, slumpMs: null, last: null })
  })
})

describe('glimpses of closed eyes', () => {
  const glimpses = (closedSeconds: number, missingSeconds: number, times: number): Part[] =>
    Array.from({ length: times }, (): Part[] => [
      ['closed', closedSeconds],
      ['missing', missingSeconds],
    ]).flat()

  it('are a closure together, when they fill half of the time', () => {
    expect(story(['open', 2], ...glimpses(0.4, 0.5, 2), ['closed', 0.4], ['missing', 2])).toMatchObject({
      fromMs: 3300,
      last: { after: 'closure', startedMs: 2000, clockMs: 4100, confidence: 0.5 },
    })
  })

  it('are none when they fill less, or eyes were open in between, or more than a second lies between two', () => {
    expect(story(['open', 2], ...glimpses(0.2, 0.8, 6))).toEqual(NOTHING)
    expect(story(['open', 2], ['closed', 0.4], ['open', 0.5], ['closed', 0.4], ['missing', 2])).toEqual(NOTHING)
    expect(story(['open', 2], ['closed', 0.4], ['missing', 1.1], ['closed', 0.4], ['missing', 2])).toEqual(NOTHING)
  })
})

describe('without a closure', () => {
  it('nothing is lost where no warning stands', () => expect(story(['open', 2], ['missing', 2])).toEqual(NOTHING))

  it('a warning that stands goes on, when more than what is bridged has passed', () => {
    expect(story(['open', 2, warned], ['missing', 2, warned])).toEqual({
      ...{ fromMs: 2000, slumpMs: 2300 },
      last: { after: 'warning', startedMs: 1900, clockMs: 2000, confidence: 0.5, isSlump: true, isAway: false },
    })
  })

  it('a head that turns away while a warning stands is looking elsewhere', () => {
    expect(story(['open', 2, warned], ['away', 2, warned])).toEqual(NOTHING)
  })

  it('a head that fell and is lost counts from where its face was last seen', () => {
    expect(story(['open', 2], ['fallen', 0.3], ['missing', 2])).toEqual({
      ...{ fromMs: 2300, slumpMs: 2600 },
      last: { after: 'nod', startedMs: 2200, clockMs: 2000, confidence: 0.5, isSlump: true, isAway: false },
    })
  })

  it('a head that fell is not lost while its face is found, nor where the camera went', () => {
    expect(story(['open', 2], ['fallen', 0.3], ['away', 2])).toEqual(NOTHING)
    expect(story(['open', 2], ['fallen', 0.3], ['noCamera', 2])).toEqual(NOTHING)
  })

  it('a head that fell and is found again, eyes closed or open, was a nod', () => {
    expect(story(['open', 2], ['fallen', 0.3], ['missing', 0.2], ['closed', 0.2])).toMatchObject({
      fromMs: 2300,
      slumpMs: null,
      last: null,
    })
  })
})

describe('a camera that goes', () => {
  it('in a closure says nothing: its time waits', () => {
    const { slumpMs, last } = story(...asleep, ['noCamera', 2])
    expect([slumpMs, last?.clockMs, last?.isSlump]).toEqual([null, 800, false])
  })

  it('and comes back to eyes that are closed for half a second: its time counts, all of it', () => {
    const { slumpMs, last } = story(...asleep, ['noCamera', 2], ['closed', 1.5])
    expect(slumpMs).toBe(5400)
    expect(last).toMatchObject({ startedMs: 2000, clockMs: 4300, isSlump: true })
  })

  it('and comes back to open eyes: nothing was', () => {
    expect(story(...asleep, ['noCamera', 2], ['open', 0.1])).toMatchObject({ slumpMs: null, last: null })
  })

  it('and comes back to nobody: a second for its exposure, then the driver is lost, and its own time does not count', () => {
    const { slumpMs, last } = story(...asleep, ['noCamera', 2], ['missing', 2])
    expect(slumpMs).toBe(5900)
    expect(last).toMatchObject({ clockMs: 2800, isSlump: true })
  })

  it('after the driver had been lost changes nothing: the clock runs on', () => {
    expect(story(...asleep, ['missing', 1], ['noCamera', 3], ['missing', 1]).last).toMatchObject({ clockMs: 5800, isSlump: true })
  })

  it('for a moment does not hold up what shows the driver to be gone', () => {
    expect(story(...asleep, ['missing', 0.1], ['noCamera', 0.1], ['missing', 2]).slumpMs).toBeGreaterThan(3900)
  })

  it('for ten seconds ends it', () => {
    const steps = follow(...asleep, ['noCamera', 11])
    expect(steps.findLast(({ lost }) => lost !== null)?.atMs).toBe(12_800)
  })
})

describe('observations that stay away', () => {
  it('for more than a second in a closure are a loss too', () => {
    expect(story(...asleep, ['silent', 1], ['closed', 0.1]).last).toMatchObject({ after: 'closure', startedMs: 2000, clockMs: 1900 })
  })

  it('for a second are bridged', () => expect(story(...asleep, ['silent', 0.9], ['closed', 0.1]).fromMs).toBeNull())
})

describe('a loss is over', () => {
  it('when the vehicle has stood for ten seconds', () => {
    const steps = follow(...asleep, ['missing', 15, { speedKmh: 3 }])
    expect(steps.findLast(({ lost }) => lost !== null)?.atMs).toBe(12_800)
  })

  it('after two minutes', () => {
    const steps = follow(...asleep, ['missing', 125])
    expect(steps.findLast(({ lost }) => lost !== null)?.atMs).toBe(122_800)
  })
})
