/** The rules that go by a figure over a window: where each begins, until when it holds, and what it tells. */
import { describe, expect, it } from 'vitest'
import type { RuleJudge } from '../../../daemon/judgement/rule.js'
import { createHolding } from '../../../daemon/judgement/rules/holding.js'
import { createLongBlinks } from '../../../daemon/judgement/rules/long-blinks.js'
import { createPerclosRule } from '../../../daemon/judgement/rules/perclos.js'
import { createSlowClosures } from '../../../daemon/judgement/rules/slow-closures.js'
import type { Measures } from '../../../daemon/judgement/signs/measures.js'
import { closure, moment } from './moment.js'

/** A second between two of them. */
const over = (rule: RuleJudge, ...measures: Partial<Measures>[]) => measures.map((one, n) => rule.step(moment(n * 1000, { measures: one })))
const starts = (found: ReturnType<typeof over>) => found.map((one) => one?.startedMs ?? null)

it('what holds keeps its start, over a time in which the figure is withheld too', () => {
  const { step } = createHolding()
  const course = [
    step(0, false, true),
    step(1, true, false),
    step(2, false, true),
    step(3, true, true, true),
    step(4, false, true),
    step(5, false, false),
    step(6, true, true),
  ]
  expect(course).toEqual([null, 1, 1, null, 1, null, 6])
})

describe('perclos', () => {
  const found = (...measures: Partial<Measures>[]) => over(createPerclosRule(), ...measures)
  const levels = (...measures: Partial<Measures>[]) => found(...measures).map((one) => one?.level ?? 0)

  it.each([
    [{ perclos60: 0.0799 }, 0],
    [{ perclos60: 0.08 }, 1],
    [{ perclos60: 0.1199 }, 1],
    [{ perclos60: 0.12 }, 2],
    [{ perclos180: 0.0899 }, 0],
    [{ perclos180: 0.09 }, 1],
    [{ perclos180: 0.1199 }, 1],
    [{ perclos180: 0.12 }, 2],
    [{ perclos60: null, perclos180: 0.12 }, 2],
    [{ perclos60: 0.12, perclos180: null }, 2],
  ] as const)('%o: level %i', (measures, level) => expect(levels(measures)).toEqual([level]))

  it('holds until the figure has fallen by two hundredths', () => {
    expect(starts(found({ perclos60: 0.09 }, { perclos60: 0.0601 }, { perclos60: 0.0599 }, { perclos60: 0.08 }))).toEqual([
      0,
      0,
      null,
      3000,
    ])
    expect(levels({ perclos60: 0.12 }, { perclos60: 0.1001 }, { perclos60: 0.0999 })).toEqual([2, 2, 1])
    expect(starts(found({ perclos180: 0.09 }, { perclos180: 0.0701 }, { perclos180: 0.0699 }))).toEqual([0, 0, null])
  })

  it('begins and rises on what is seen alone, and holds unseen', () => {
    const rule = createPerclosRule()
    const step = (atMs: number, perclos60: number | null, state: 'open' | 'unseen') =>
      rule.step(moment(atMs, { eyes: { state }, measures: { perclos60, perclos180: perclos60 } }))?.level ?? 0
    expect([
      step(0, 0.09, 'unseen'),
      step(1, 0.09, 'open'),
      step(2, 0.13, 'unseen'),
      step(3, 0.13, 'open'),
      step(4, null, 'unseen'),
    ]).toEqual([0, 1, 1, 2, 0])
  })

  it('tells the figure that is nearer to its limit, rounded, with its window', () => {
    expect(found({ perclos60: 0.0904, perclos180: 0.091 })[0]?.evidence).toMatchObject({ perclos: 0.09, windowMs: 60_000 })
    expect(found({ perclos60: 0.08, perclos180: 0.0916 })[0]?.evidence).toMatchObject({ perclos: 0.092, windowMs: 180_000 })
    expect(found({ perclos60: 0.08, perclos180: 0.09 })[0]?.evidence).toMatchObject({ windowMs: 60_000 })
  })

  it('tells what corroborates it, and nothing of what does not', () => {
    const evidence = (said: Partial<Measures>) => found({ perclos60: 0.09, ...said })[0]?.evidence
    expect(evidence({ closureMs: 240, blinksRarely: true, nods60: 2 })).toMatchObject({ meanClosureMs: 240, blinks: 'rare', nods: 2 })
    expect(evidence({ closureMs: null, blinksRarely: false, nods60: 0 })).toEqual({ perclos: 0.09, windowMs: 60_000 })
  })

  it('is trusted no more than was seen, and than one eye where one alone was', () => {
    const confidence = (said: Partial<Measures>) => found({ perclos60: 0.09, ...said })[0]?.confidence
    expect(confidence({})).toBe(0.8)
    expect(confidence({ coverage: 0.7 })).toBe(0.7)
    expect(confidence({ oneEyeShare: 0.5 })).toBe(0.8)
    expect(confidence({ oneEyeShare: 0.51 })).toBe(0.6)
  })
})

describe('long-blinks', () => {
  const found = (...measures: Partial<Measures>[]) => over(createLongBlinks(), ...measures)

  it.each([
    [{ blinks180: 20, longBlinkShare: 0.25 }, true],
    [{ blinks180: 19, longBlinkShare: 0.5 }, false],
    [{ blinks180: 20, longBlinkShare: 0.249 }, false],
    [{ blinks180: null, longBlinkShare: 0.5 }, false],
    [{ blinks180: 20, longBlinkShare: null }, false],
  ])('%o: %s', (measures, isFound) => expect(found(measures)[0] !== null).toBe(isFound))

  it('holds until the share has fallen by a twentieth, or the blinks are too few', () => {
    const share = (longBlinkShare: number, blinks180 = 30) => ({ longBlinkShare, blinks180 })
    expect(starts(found(share(0.25), share(0.2), share(0.199), share(0.24), share(0.3), share(0.3, 10)))).toEqual([
      0,
      0,
      null,
      null,
      4000,
      null,
    ])
  })

  it('tells share, number and mean', () => {
    expect(found({ blinks180: 24, longBlinkShare: 0.3, blinkMs: 310 })[0]).toEqual({
      ...{ rule: 'long-blinks', level: 1, startedMs: 0, confidence: 0.6 },
      evidence: { longShare: 0.3, blinks: 24, meanBlinkMs: 310 },
    })
    expect(found({ blinks180: 24, longBlinkShare: 0.3, blinkMs: null })[0]?.evidence.meanBlinkMs).toBe(0)
  })
})

describe('slow-closures', () => {
  const FPS = 30
  const frameMs = 1000 / FPS
  type Seen = { atMs: number; closedMs?: number; peak?: number; seenShare?: number; running?: boolean; measures?: Partial<Measures> }
  /** Each a closure of its own that ends, or runs, at a moment. */
  const told = (...seen: Seen[]) => {
    const rule = createSlowClosures()
    return seen.map(({ atMs, closedMs = 600, running = false, measures = {}, ...said }) => {
      const one = closure({ startedMs: atMs - closedMs, closedMs, ...said })
      const closures = { running: running ? one : null, seenClosed: running, ended: running ? null : one }
      return rule.step(moment(atMs, { closures, measures: { fps: FPS, ...measures } }))
    })
  }
  const third = (said: Partial<Seen>) => told({ atMs: 1000 }, { atMs: 3000 }, { atMs: 5000, ...said }).at(-1)

  it('are told at the third within a minute', () => {
    expect(told({ atMs: 1000 }, { atMs: 3000 }, { atMs: 5000 })).toEqual([
      null,
      null,
      { rule: 'slow-closures', level: 1, startedMs: 5000, confidence: 0.7, evidence: { closures: 3, withinMs: 60_000 } },
    ])
    expect(third({ atMs: 60_900 })).not.toBeNull()
    expect(third({ atMs: 61_300 })).toBeNull()
  })

  it('count from 0.5 s on, with half a frame on either side', () => {
    expect(third({ closedMs: 500 - frameMs + 0.1 })).not.toBeNull()
    expect(third({ closedMs: 500 - frameMs - 0.1 })).toBeNull()
    expect(third({ closedMs: 500 - frameMs + 0.1, measures: { fps: null } })).toBeNull()
  })

  it('count while the third still runs, and once each', () => {
    expect(third({ running: true })).not.toBeNull()
    const rule = createSlowClosures()
    const running = closure({ startedMs: 0, closedMs: 600 })
    const step = (atMs: number) => rule.step(moment(atMs, { closures: { running, seenClosed: true, ended: null }, measures: { fps: FPS } }))
    expect([step(600), step(633), step(666), step(700)]).toEqual([null, null, null, null])
  })

  it('must have been shut, and seen so', () => {
    expect(third({ peak: 0.8 })).not.toBeNull()
    expect(third({ peak: 0.79 })).toBeNull()
    expect(third({ seenShare: 0.6 })).not.toBeNull()
    expect(third({ seenShare: 0.59 })).toBeNull()
  })

  it('are withheld below 15 frames a second', () => {
    expect(third({ measures: { withheld: 'too-few-frames' } })).toBeNull()
    expect(third({ measures: { withheld: 'too-little-seen' } })).not.toBeNull()
  })

  it('hold while more than two lie within the minute, and tell the nods', () => {
    const course = told(
      { atMs: 1000 },
      { atMs: 3000 },
      { atMs: 5000 },
      { atMs: 30_000, closedMs: 100, measures: { nods60: 1 } },
      { atMs: 61_500, closedMs: 100 },
    )
    expect(course.slice(2).map((one) => one?.startedMs ?? null)).toEqual([5000, 5000, null])
    expect(course[3]?.evidence).toEqual({ closures: 3, withinMs: 60_000, nods: 1 })
  })
})
