/** An incident that began before the clock was synchronised and went on after it: one start in all its events, and the right one. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../daemon/fleet/clock.js'
import { createMemoryOutbox } from '../../daemon/fleet/outbox/memory.js'
import type { Entry } from '../../daemon/fleet/outbox/types.js'
import { type Begun, event } from '../../daemon/fleet/payloads/event.js'
import { eventToSend } from '../../daemon/fleet/payloads/send.js'
import { decision } from './examples.js'
import { createGate } from './gate.js'
import { type Rig, rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const broker = async () => {
  const started = await startMosquitto()
  cleanups.push(started.stop)
  const fleetSide = await subscribe(started.port)
  cleanups.push(fleetSide.stop)
  return { ...started, fleetSide }
}

const BOOTED_MS = Date.parse('2026-11-24T20:00:00.000Z')
const WRONG_MS = Date.parse('1970-01-01T00:00:10.000Z')

/** A Pi without a battery: its wall clock is wrong by decades, then set; after that it runs a little slow, and is pulled back. */
const pi = () => {
  const state = { nowMs: 0, isSet: false, driftMs: 0 }
  const clock: Clock = {
    monotonicMs: () => state.nowMs,
    wallMs: () => state.nowMs + (state.isSet ? BOOTED_MS + state.driftMs : WRONG_MS),
    synced: () => state.isSet,
    bootId: 'boot',
  }
  return { state, clock }
}

/** A microsleep from 60 s after the boot on; it becomes sleep, and ends at 70 s. The clock is set at 65 s. */
const fallAsleep = ({ state, clock }: ReturnType<typeof pi>, { fleet }: Rig, onAlert: () => unknown = () => undefined) => {
  const at = async (atMs: number, changes: Parameters<typeof decision>[0]) => {
    state.nowMs = atMs
    fleet.alert(decision({ startedMs: 60_000, atMs, ...changes }), clock.wallMs())
    await onAlert()
  }
  return {
    before: async () => {
      await at(61_000, {})
      await at(63_000, { rule: 'sleep', level: 3, phase: 'escalated' })
    },
    after: async () => {
      state.nowMs = 65_000
      state.isSet = true
      await at(66_000, { rule: 'unresponsive', level: 4, phase: 'escalated' })
      state.driftMs = -40
      await at(70_000, { rule: 'unresponsive', level: 4, phase: 'ended' })
    },
  }
}

describe('an incident that straddles the synchronisation of the clock', () => {
  it('tells one start and the right times in all its events, in whatever order and however late they are sent', async () => {
    const machine = pi()
    const outbox = createMemoryOutbox()
    const bus = rig({ url: 'mqtt://127.0.0.1:1' }, { clock: machine.clock, outbox })
    cleanups.push(bus.fleet.close)
    const night = fallAsleep(machine, bus)
    await night.before()
    await night.after()
    const entries = await outbox.take(10, { bootId: 'boot', sinceMs: 0 })
    const send = ({ payload }: Entry, monotonicMs: number) =>
      event.parse(eventToSend(payload, { bootId: 'boot', monotonicMs, bootWallMs: BOOTED_MS }))
    const orders = [entries, entries.toReversed(), [2, 0, 3, 1].flatMap((n) => entries[n] ?? [])]
    for (const order of orders) {
      const sent = order.map((each, n) => send(each, 80_000 + n * 3_600_000)).sort((a, b) => a.seq - b.seq)
      expect(sent.map(({ evidence }) => evidence.startedAt)).toEqual(Array.from(sent, () => '2026-11-24T20:01:00.000Z'))
      expect(sent.map(({ at }) => at.slice(11, 19))).toEqual(['20:01:01', '20:01:03', '20:01:06', '20:01:09'])
      expect(sent.every(({ clock }) => clock.synced)).toBe(true)
    }
    expect(entries).toHaveLength(4)
  })

  it('over a broker: what waited for the line says the same start as what came after, though the wall clock was pulled back meanwhile', async () => {
    const machine = pi()
    const gate = await createGate()
    cleanups.push(gate.shut)
    const { port, fleetSide } = await broker()
    const bus = rig({ url: gate.url }, { clock: machine.clock })
    cleanups.push(bus.fleet.close)
    const night = fallAsleep(machine, bus)
    await night.before()
    await night.after()
    await gate.open(port)
    const alerts = await fleetSide.on('alert', 4)
    expect(new Set(alerts.map(({ payload }) => event.parse(payload).evidence.startedAt))).toEqual(new Set(['2026-11-24T20:01:00.000Z']))
    expect(alerts.some(({ payload }) => 'begun' in payload)).toBe(false)
  })

  it('what had gone before it cannot be taken back and says that its time is not to be believed; what goes after it says the right one', async () => {
    const machine = pi()
    const { url, fleetSide } = await broker()
    const bus = rig({ url }, { clock: machine.clock })
    cleanups.push(bus.fleet.close)
    await bus.connected()
    const isSent = () =>
      until(
        () => bus.fleet.outboxDepth === 0,
        () => `${bus.fleet.outboxDepth} wait`,
      )
    const night = fallAsleep(machine, bus, isSent)
    await night.before()
    await night.after()
    const alerts = (await fleetSide.on('alert', 4)).map(({ payload }) => event.parse(payload))
    expect(alerts.map(({ clock, evidence }) => [clock.synced, evidence.startedAt])).toEqual([
      [false, '1970-01-01T00:01:10.000Z'],
      [false, '1970-01-01T00:01:10.000Z'],
      [true, '2026-11-24T20:01:00.000Z'],
      [true, '2026-11-24T20:01:00.000Z'],
    ])
    expect(new Set(alerts.map(({ incident }) => incident)).size).toBe(1)
  })

  it('that a boot cut off is flagged where the time was never known; an event made after the synchronisation knows its start all the same', () => {
    const made = (synced: boolean, wallMs: number, begun: Begun) =>
      JSON.stringify({
        ...{ id: 'x', at: new Date(wallMs).toISOString(), clock: { synced, monotonicMs: 70_000, bootId: 'earlier' }, begun },
        evidence: { startedAt: '1970-01-01T00:01:10.000Z' },
      })
    const now = { bootId: 'boot', monotonicMs: 5_000, bootWallMs: BOOTED_MS + 1e9 }
    const begun = { monotonicMs: 60_000, synced: false }
    const right = { clock: { synced: true }, evidence: { startedAt: '2026-11-24T20:01:00.000Z' } }
    expect(eventToSend(made(true, BOOTED_MS + 70_000, begun), now)).toMatchObject(right)
    const flagged = { clock: { synced: false }, evidence: { startedAt: '1970-01-01T00:01:10.000Z' } }
    expect(eventToSend(made(false, WRONG_MS + 70_000, begun), now)).toMatchObject(flagged)
  })
})
