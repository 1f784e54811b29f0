/** The fleet room where its outbox gives it something odd, and what it adds to what it keeps. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { machineClock } from '../../daemon/fleet/clock.js'
import { createMemoryOutbox } from '../../daemon/fleet/outbox/memory.js'
import { buildTrip } from '../../daemon/fleet/payloads/summary.js'
import { decision, measured } from './examples.js'
import { type Rig, rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { entryNumber, NO_NEWS } from './outbox/entries.js'
import { subscribe } from './subscriber.js'
import { facts } from './summary-facts.js'
import { raise } from './vehicle.js'

const vehicle = (...parameters: Parameters<typeof rig>): Rig => {
  const started = rig(...parameters)
  onTestFinished(started.fleet.close)
  return started
}
const NOWHERE = 'mqtt://127.0.0.1:1'

describe('the fleet room', () => {
  it('gives up a message that cannot be read, says and counts it, and sends the next', async () => {
    const broker = await startMosquitto()
    onTestFinished(broker.stop)
    const fleetSide = await subscribe(broker.port)
    onTestFinished(fleetSide.stop)
    const outbox = createMemoryOutbox()
    outbox.put(entryNumber(1, { payload: '{"torn' }))
    outbox.put(entryNumber(2, { kind: 'trip', payload: '[]' }))
    const bus = vehicle({ url: broker.url }, { outbox })
    const event = raise(bus)
    expect((await fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
    await until(
      () => bus.fleet.outboxDepth === 0,
      () => `${bus.fleet.outboxDepth} wait`,
    )
    const complaints = bus.warnings().sort()
    expect(complaints).toEqual([
      expect.stringMatching(/^The alert .* cannot be read/),
      expect.stringMatching(/^The trip .* cannot be read/),
    ])
    bus.fleet.health(measured)
    expect((await fleetSide.on('health')).at(-1)?.payload).toMatchObject({ outboxDepth: 0, outboxDropped: 2 })
  })

  it('says so where what an earlier run began cannot be known, and sends all the same', async () => {
    const outbox = { ...createMemoryOutbox(), standing: () => Promise.reject(new Error('the thread is gone')) }
    const bus = vehicle({ url: NOWHERE }, { outbox })
    await until(
      () => bus.warnings().some((line) => line.includes('cannot be ended: the thread is gone')),
      () => bus.said().join('\n'),
    )
  })

  it('keeps with an alert what was known of the moment, and with everything when it was made, once the clock is right', async () => {
    const outbox = createMemoryOutbox()
    const clock = { ...machineClock(), synced: () => true }
    const bus = vehicle({ url: NOWHERE }, { outbox, clock })
    const nowMs = clock.wallMs()
    bus.fleet.alert(decision(), nowMs, { speedKmh: 60, driver: '4711' })
    bus.fleet.summary({ kind: 'trip', payload: buildTrip(facts(), false) })
    const [alert, trip] = await outbox.take(2, NO_NEWS)
    expect(JSON.parse(alert?.payload ?? '')).toMatchObject({ context: { speedKmh: 60, driver: '4711' } })
    expect([alert?.wallMs, (trip?.wallMs ?? 0) >= nowMs]).toEqual([nowMs, true])
  })

  it('that is closed while it reads its password file complains of nothing more', async () => {
    const bus = rig({ url: NOWHERE, passwordFile: '/nowhere/password' })
    await bus.fleet.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([bus.warnings(), bus.states]).toEqual([[], [{ state: 'closed' }]])
  })
})
