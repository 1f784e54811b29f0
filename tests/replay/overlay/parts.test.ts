import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../daemon/judgement/decision.js'
import type { Verdict } from '../../../daemon/judgement/index.js'
import { type Eye, type Observation, reasons } from '../../../daemon/observation.js'
import { stateOf } from '../../../daemon/replay/overlay/eye.js'
import { createRuleInForce, headlineOf } from '../../../daemon/replay/overlay/headline.js'
import { layoutOf } from '../../../daemon/replay/overlay/layout.js'
import { groundOf, ofEyes, ofLevel } from '../../../daemon/replay/overlay/palette.js'
import { columnsOf, createTimeline, type Moment, SHOWN_MS } from '../../../daemon/replay/overlay/timeline.js'

const eye = (closed: number, visible = 1): Eye => ({ closed, visible, center: [100, 100], size: 50 })

const nothing: Observation = {
  at: 0,
  frame: 0,
  face: null,
  left: null,
  right: null,
  unseen: { left: 'no-face', right: 'no-face' },
  scene: { brightness: 100, sharpness: 100 },
}

describe('the headline', () => {
  it('says what the study’s prototype says', () => {
    expect(headlineOf('open', nothing)).toBe('Open Eyes')
    expect(headlineOf('closed', nothing)).toBe('Closed Eyes')
  })

  it('says why there are no eyes, each reason once', () => {
    for (const reason of reasons) {
      expect(headlineOf('unseen', { ...nothing, unseen: { left: reason, right: reason } })).toBe(`No Eyes: ${reason}`)
    }
    expect(headlineOf('unseen', { ...nothing, unseen: { left: 'covered', right: 'too-bright' } })).toBe('No Eyes: too-bright, covered')
    expect(headlineOf('unseen', { ...nothing, unseen: { left: null, right: null } })).toBe('No Eyes')
  })
})

describe('an eye', () => {
  const shown = { side: 'left', patch: null, closedAbove: 0.5 } as const
  it('is told open or closed only when it is seen, else the reason', () => {
    expect(stateOf({ ...shown, eye: eye(0.49), unseen: null })).toBe('open')
    expect(stateOf({ ...shown, eye: eye(0.5), unseen: null })).toBe('closed')
    expect(stateOf({ ...shown, eye: eye(0.99, 0.4), unseen: 'covered' })).toBe('covered')
    expect(stateOf({ ...shown, eye: null, unseen: 'dark-glasses' })).toBe('dark-glasses')
  })
})

describe('the rule in force', () => {
  const decision = (incident: number, phase: Decision['phase'], rule: Decision['rule'], level: Decision['level']): Decision => ({
    incident,
    phase,
    rule,
    level,
    atMs: 0,
    startedMs: 0,
    evidence: {},
    confidence: 1,
    coverage: 1,
    quiet: false,
    policy: '1',
  })
  const verdict = (level: Verdict['level'], ...decisions: Decision[]) => ({ level, decisions })

  it('is that of the highest episode that runs, for as long as it runs', () => {
    const rule = createRuleInForce()
    expect(rule(verdict(0))).toBeNull()
    expect(rule(verdict(1, decision(1, 'raised', 'eyes-not-seen', 1)))).toBe('eyes-not-seen')
    expect(rule(verdict(2, decision(2, 'raised', 'microsleep', 2)))).toBe('microsleep')
    expect(rule(verdict(3, decision(2, 'escalated', 'sleep', 3)))).toBe('sleep')
    expect(rule(verdict(3))).toBe('sleep')
    expect(rule(verdict(1, decision(2, 'ended', 'sleep', 3)))).toBe('eyes-not-seen')
    expect(rule(verdict(0, decision(1, 'ended', 'eyes-not-seen', 1)))).toBeNull()
  })
})

describe('the layout', () => {
  it.each([
    [640, 480],
    [360, 640],
    [1920, 1080],
    [161, 121],
    [3840, 2160],
  ])('of %i × %i px has even sides, covers no picture, and everything lies inside', (width, height) => {
    const layout = layoutOf(width, height)
    const { headline, status, picture, rightEye, leftEye, timeline, scale } = layout
    expect([layout.width % 2, layout.height % 2]).toEqual([0, 0])
    expect(layout.width).toBeGreaterThanOrEqual(360)
    expect([picture.width, picture.height]).toEqual([width * scale, height * scale])
    for (const above of [headline, status]) expect(above.y + above.height).toBeLessThanOrEqual(picture.y)
    for (const below of [rightEye, leftEye, timeline]) {
      expect(below.y).toBeGreaterThanOrEqual(picture.y + picture.height)
      expect(below.x + below.width).toBeLessThanOrEqual(layout.width)
      expect(below.y + below.height).toBeLessThanOrEqual(layout.height)
    }
  })
})

describe('the timeline', () => {
  const moment = (at: number, closed: number | null = 0.1, level: Moment['level'] = 0): Moment => ({
    at,
    closed,
    level,
    eyes: closed === null ? 'unseen' : closed >= 0.5 ? 'closed' : 'open',
  })

  it('shows nothing before the beginning, and the newest on the right', () => {
    const columns = columnsOf([moment(0), moment(1000), moment(2000, 0.9)], 200, 2000)
    expect(columns.slice(0, 180).every((column) => column === null)).toBe(true)
    expect(columns.at(-1)?.closed).toBe(0.9)
    expect(columns.slice(180).every((column) => column !== null)).toBe(true)
  })

  it('loses no blink where there are more moments than columns', () => {
    const moments = Array.from({ length: 600 }, (_, at) => moment((at * SHOWN_MS) / 600, at === 301 ? 0.97 : 0.02))
    expect(columnsOf(moments, 100, SHOWN_MS).filter((column) => column?.closed === 0.97)).toHaveLength(1)
  })

  it('forgets what is older', () => {
    expect(columnsOf([moment(0, 0.9), moment(SHOWN_MS + 1000)], 100, SHOWN_MS + 1000).some((column) => column?.closed === 0.9)).toBe(false)
  })

  it('paints closure in red over its ground, what is not seen in gray, and the level below', () => {
    const timeline = createTimeline()
    for (let at = 0; at <= SHOWN_MS; at += 100)
      timeline.add(moment(at, at < 5000 ? 0 : at < 10_000 ? 1 : at < 15_000 ? null : 0.2, at < 15_000 ? 0 : 3))
    const [width, height] = [200, 50]
    const data = timeline.paint(width, height)
    const pixel = (x: number, y: number) => [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)]
    expect(data).toHaveLength(3 * width * height)
    expect(pixel(23, 10)).toEqual([...groundOf.open])
    expect(pixel(75, 10)).toEqual([...ofEyes.closed])
    expect(pixel(123, 10)).toEqual([...ofEyes.unseen])
    expect(pixel(175, height - 1)).toEqual([...ofLevel[3]])
    expect(pixel(23, height - 1)).toEqual([...ofLevel[0]])
  })
})
