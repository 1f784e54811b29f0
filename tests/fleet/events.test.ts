import { describe, expect, it } from 'vitest'
import { createEvents } from '../../daemon/fleet/events.js'
import { liveIds } from '../../daemon/fleet/ids.js'
import { decision } from './examples.js'

const events = (recording: boolean) => createEvents({ ids: liveIds(), vehicle: 'bus-12', bootId: 'boot', recording, simulated: recording })

// The wall clock at the first decision, and how far it has drifted from the monotonic one at each.
const WALL_MS = Date.parse('2026-11-24T21:04:46.945Z')
const episode = [
  { of: decision({ atMs: 12_400, startedMs: 11_367 }), driftMs: 0 },
  { of: decision({ rule: 'sleep', level: 3, phase: 'escalated', atMs: 14_400, startedMs: 11_389 }), driftMs: -18 },
  { of: decision({ rule: 'sleep', level: 3, phase: 'ended', atMs: 20_000, startedMs: 11_367 }), driftMs: -17 },
]

const startsOf = (recording: boolean): unknown[] => {
  const next = events(recording)
  return episode.map(({ of, driftMs }) => {
    const { startedAt, startedSeconds } = next.next(of, WALL_MS + of.atMs - 12_400 + driftMs, true).event.evidence
    return startedAt ?? startedSeconds
  })
}

describe('the start of an episode', () => {
  it('is one time of day in all its events, though the clocks drift apart', () => {
    expect(startsOf(false)).toEqual(Array.from(episode, () => '2026-11-24T21:04:45.912Z'))
  })

  it('is one second of the recording in all its events, though a later rule saw another start', () => {
    expect(startsOf(true)).toEqual(Array.from(episode, () => 11.367))
  })

  it('is its own for each episode', () => {
    const next = events(false)
    next.next(decision({ atMs: 12_400, startedMs: 11_367 }), WALL_MS, true)
    const { event: other } = next.next(decision({ incident: 2, atMs: 32_400, startedMs: 31_400 }), WALL_MS + 20_000, true)
    expect(other.evidence).toMatchObject({ startedAt: '2026-11-24T21:05:05.945Z' })
  })

  it('is kept by the clock that does not jump as well, with whether the wall clock was right then', () => {
    const next = events(false)
    const raised = next.next(decision({ startedMs: 11_367 }), 0, false)
    const ended = next.next(decision({ phase: 'ended', atMs: 15_000, startedMs: 11_389 }), WALL_MS, true)
    expect([raised.begun, ended.begun]).toEqual([
      { monotonicMs: 11_367, synced: false },
      { monotonicMs: 11_367, synced: false },
    ])
  })
})
