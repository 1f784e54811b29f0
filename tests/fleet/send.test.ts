/** What is said of an event only when it goes. */
import { describe, expect, it } from 'vitest'
import { buildEvent } from '../../daemon/fleet/payloads/event.js'
import { eventToSend, summaryToSend } from '../../daemon/fleet/payloads/send.js'
import { decision, eventFacts } from './examples.js'

const AT_MS = 12_400
const WALL_MS = 1_795_554_245_678
const kept = (facts: Parameters<typeof eventFacts>[0] = {}) => JSON.stringify(buildEvent(decision({ atMs: AT_MS }), eventFacts(facts)))
const now = (laterMs: number, more = {}) => ({ bootId: 'boot', monotonicMs: AT_MS + laterMs, bootWallMs: WALL_MS - AT_MS, ...more })
const rfc = (ms: number) => new Date(ms).toISOString()

describe('an event that goes', () => {
  it('is history 10 s after it happened, or after another boot', () => {
    expect(eventToSend(kept(), now(10_000))).toMatchObject({ historical: false })
    expect(eventToSend(kept(), now(10_001))).toMatchObject({ historical: true })
    expect(eventToSend(kept(), now(5, { bootId: 'another' }))).toMatchObject({ historical: true })
  })

  it('gets the right time of day, once that is known, of this boot alone', () => {
    const early = kept({ synced: false, wallMs: 1000, start: { startedAt: rfc(0) } })
    expect(eventToSend(early, now(2000))).toMatchObject({
      ...{ at: rfc(WALL_MS), clock: { synced: true } },
      evidence: { startedAt: rfc(WALL_MS - 1000) },
    })
    for (const stillUnknown of [now(2000, { bootWallMs: null }), now(2000, { bootId: 'another' })])
      expect(eventToSend(early, stillUnknown)).toMatchObject({ at: rfc(1000), clock: { synced: false }, evidence: { startedAt: rfc(0) } })
  })

  it('of a recording has no start to set right', () => {
    const recorded = kept({ synced: false, start: { startedSeconds: 3 } })
    expect(eventToSend(recorded, now(0))).toMatchObject({ clock: { synced: true }, evidence: { startedSeconds: 3 } })
  })

  it('that is none is a spoilt file', () => {
    expect(() => eventToSend('{"at": 3}', now(0))).toThrow()
    expect(() => summaryToSend('[]')).toThrow()
    expect(summaryToSend('{"id": "x", "trip": 1}')).toEqual({ id: 'x', trip: 1 })
  })
})
