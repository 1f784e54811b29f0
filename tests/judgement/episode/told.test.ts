import { describe, expect, it } from 'vitest'
import type { Decision, Finding } from '../../../daemon/judgement/decision.js'
import { createEpisode } from '../../../daemon/judgement/episode/episode.js'
import type { Kind } from '../../../daemon/judgement/episode/kinds.js'
import { type Moment, NO_INPUTS } from '../../../daemon/judgement/rule.js'
import { createMeasures } from '../../../daemon/judgement/signs/measures.js'
import { observationOf } from '../story.js'

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: 'perclos',
  level: 1,
  startedMs: 0,
  evidence: {},
  confidence: 0.9,
  ...changes,
})

const eyes = { state: 'open', isShut: false, closed: 0, confidence: 1, isOneEye: false } as const
const closures = { running: null, seenClosed: false, ended: null }

function moment(seconds: number): Moment {
  const atMs = seconds * 1000
  const observation = observationOf(atMs, 0, { left: 0, right: 0 })
  return {
    atMs,
    observation,
    inputs: NO_INPUTS,
    eyes,
    closures,
    stretches: { openMs: 0, unseenMs: 0, absentMs: 0, standstillMs: 0 },
    measures: createMeasures().step(observation, eyes, closures, { calibrating: false, openLevel: null, ahead: null, revision: 0 }),
    lost: null,
    ahead: null,
    away: null,
    standing: null,
  }
}

/** One kind of episode on a clock that the test moves. */
function episodeOf(kind: Kind) {
  let incidents = 0
  const episode = createEpisode({ kind, acknowledgeMs: () => 30_000, nextIncident: () => ++incidents })
  const said = (decision: Decision | null): string | null => decision && `${decision.rule}/${decision.level} ${decision.phase}`
  return {
    rise: (seconds: number, changes: Partial<Finding> = {}) => said(episode.rise(finding(changes), moment(seconds))),
    end: (seconds: number) => said(episode.end(moment(seconds))),
  }
}

describe('a sign', () => {
  it('is told once, however long it is found', () => {
    const { rise } = episodeOf('drowsy')
    expect([rise(1), rise(1.1), rise(1.2)]).toEqual(['perclos/1 raised', null, null])
  })

  it('is not told again when it has been answered and still stands, but is after a minute: an alert does not last longer', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1)
    end(2)
    expect([rise(2.1), rise(60.9), rise(61)]).toEqual([null, null, 'perclos/1 raised'])
  })

  it('is told at once when its level rises, in an episode and after it', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1)
    expect(rise(2, { level: 2 })).toBe('perclos/2 escalated')
    end(3)
    expect([rise(4, { level: 2 }), rise(5, { level: 3 })]).toEqual([null, 'perclos/3 raised'])
  })

  it('that was found while a higher level stood is not raised when that is over', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1, { rule: 'sleep', level: 3, startedMs: 500 })
    expect(rise(2)).toBeNull()
    end(3)
    expect(rise(3.1)).toBeNull()
    expect(rise(4, { level: 2 })).toBe('perclos/2 raised')
  })

  it('that begins anew is another: a second closure is raised at once', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1, { rule: 'microsleep', level: 2, startedMs: 0 })
    end(2)
    expect(rise(5, { rule: 'microsleep', level: 2, startedMs: 4000 })).toBe('microsleep/2 raised')
  })

  it('has the same start though that was computed with a rounding error', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1, { startedMs: 100 / 3 })
    end(2)
    expect(rise(3, { startedMs: 100 / 3 + 1e-9 })).toBeNull()
  })
})

describe('cooldown', () => {
  it('keeps level 1 of drowsiness for a minute from the last telling, and never a higher level', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1)
    end(2)
    expect(rise(30, { startedMs: 29_000 })).toBeNull()
    expect(rise(31, { startedMs: 29_000, level: 2 })).toBe('perclos/2 raised')
    end(33)
    expect([rise(90.9, { startedMs: 90_000 }), rise(91, { startedMs: 90_000 })]).toEqual([null, 'perclos/1 raised'])
  })

  it('is each rule’s own', () => {
    const { rise, end } = episodeOf('drowsy')
    rise(1)
    end(2)
    expect(rise(3, { rule: 'slow-closures' })).toBe('slow-closures/1 raised')
  })

  it('keeps a distraction for 10 s, and lets its second level through', () => {
    const away = { rule: 'distraction', startedMs: 7000 } as const
    const { rise, end } = episodeOf('distracted')
    rise(1, { rule: 'distraction', startedMs: 0 })
    end(2)
    expect([rise(10.9, away), rise(11, away)]).toEqual([null, 'distraction/1 raised'])
    const other = episodeOf('distracted')
    other.rise(1, { rule: 'distraction', startedMs: 0 })
    other.end(2)
    expect(other.rise(9, { ...away, level: 2 })).toBe('distraction/2 raised')
  })

  it('does not hold for "cannot see you"', () => {
    const { rise, end } = episodeOf('blind')
    rise(1, { rule: 'eyes-not-seen', startedMs: 0 })
    end(2)
    expect(rise(12, { rule: 'eyes-not-seen', startedMs: 4000 })).toBe('eyes-not-seen/1 raised')
  })
})
