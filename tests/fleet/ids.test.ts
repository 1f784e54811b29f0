import { version } from 'uuid'
import { describe, expect, it } from 'vitest'
import { createEvents } from '../../daemon/fleet/events.js'
import { liveIds, replayIds } from '../../daemon/fleet/ids.js'
import { decision } from './examples.js'

const events = () => createEvents({ ids: replayIds(), vehicle: 'v', bootId: 'recording', recording: true, simulated: true })

describe('ids', () => {
  it('of a vehicle are UUIDv7 of the moment, no two alike', () => {
    const wallMs = 1_795_554_245_678.4
    const ids = Array.from({ length: 1000 }, (_, n) => liveIds().event(n, wallMs))
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) expect(version(id)).toBe(7)
    for (const id of ids) expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_554_245_678)
  })

  it('of a clock that tells no time are ids all the same', () => {
    for (const wallMs of [Number.NaN, -1, Number.POSITIVE_INFINITY, 1e300]) expect(version(liveIds().event(1, wallMs))).toBe(7)
  })

  it('of a recording depend on the ordinal alone', () => {
    expect(replayIds().event(7, 1)).toBe(replayIds().event(7, 999))
    expect(version(replayIds().event(7, 1))).toBe(7)
    const all = [replayIds().event(1, 0), replayIds().event(2, 0), replayIds().incident(1, 0)]
    expect(new Set(all).size).toBe(3)
  })

  it('of a recording come in the order of the ordinals', () => {
    const ids = [1, 2, 3, 255, 256, 70_000].map((seq) => replayIds().event(seq, 0))
    expect([...ids].sort()).toEqual(ids)
  })
})

describe('the events of a recording', () => {
  it('are the same in every run, counted from 1', () => {
    const run = () => {
      const next = events()
      return [decision(), decision({ rule: 'sleep', level: 3, phase: 'escalated' }), decision({ incident: 2 })].map(
        (d) => next.next(d, d.atMs, false).event,
      )
    }
    expect(run()).toEqual(run())
    expect(run().map((event) => event.seq)).toEqual([1, 2, 3])
  })

  it('share an incident while the episode lasts, and only then', () => {
    const next = events()
    const [raised, escalated, other] = [decision(), decision({ level: 3 }), decision({ incident: 2 })].map(
      (d) => next.next(d, 0, false).event,
    )
    expect(escalated?.incident).toBe(raised?.incident)
    expect(other?.incident).not.toBe(raised?.incident)
  })

  it('share an incident in a vehicle too, though its ids are chance', () => {
    const next = createEvents({ ids: liveIds(), vehicle: 'v', bootId: 'b', recording: false, simulated: false })
    const first = next.next(decision(), 1000, true).event
    for (let incident = 2; incident < 50; incident += 1) next.next(decision({ incident }), 2000, true)
    expect(next.next(decision({ phase: 'ended' }), 9000, true).event.incident).toBe(first.incident)
  })
})
