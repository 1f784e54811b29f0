/** A broker of MQTT 5 says how many messages it takes at once; those beyond wait their turn. */
import { expect, it, onTestFinished } from 'vitest'
import { createWindow } from '../../daemon/fleet/window.js'
import { rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { startStrictBroker } from './strict-broker.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

it('lets as many begin as the broker takes, the others in order as these are answered', () => {
  const window = createWindow()
  const begun: number[] = []
  window.limit(2)
  for (const n of [1, 2, 3, 4]) window.enter(() => void begun.push(n), false)
  expect(begun).toEqual([1, 2])
  window.leave()
  expect(begun).toEqual([1, 2, 3])
  window.leave()
  window.leave()
  window.enter(() => void begun.push(5), false)
  expect(begun).toEqual([1, 2, 3, 4, 5])
})

it('lets an urgent one pass those that wait, and keeps a place in four for such', () => {
  const window = createWindow()
  const begun: string[] = []
  window.limit(4)
  for (const name of ['a', 'b', 'c', 'd', 'e']) window.enter(() => void begun.push(name), false)
  expect(begun).toEqual(['a', 'b', 'c'])
  for (const name of ['alarm', 'next alarm']) window.enter(() => void begun.push(name), true)
  expect(begun).toEqual(['a', 'b', 'c', 'alarm'])
  window.leave()
  window.leave()
  expect(begun).toEqual(['a', 'b', 'c', 'alarm', 'next alarm'])
  window.leave()
  expect(begun).toEqual(['a', 'b', 'c', 'alarm', 'next alarm', 'd'])
})

it('a broker that takes 3 at once and hangs up on a fourth is never given one: 40 events arrive in order on one connection', async () => {
  const { port, stop } = await startMosquitto({ inflight: 3 })
  onTestFinished(stop)
  const strict = await startStrictBroker(port, 3, 20)
  onTestFinished(strict.close)
  const fleetSide = await subscribe(port)
  onTestFinished(fleetSide.stop)
  const bus = rig({ url: strict.url })
  onTestFinished(bus.fleet.close)
  const events = Array.from({ length: 40 }, (_, n) => raise(bus, n + 1))
  await until(
    () => bus.fleet.outboxDepth === 0,
    () => `${bus.fleet.outboxDepth} wait; ${bus.said().join('\n')}`,
    10_000,
  )
  expect((await fleetSide.on('alert', 40)).map(({ payload }) => payload.id)).toEqual(events.map(({ id }) => id))
  expect(bus.states).toEqual([{ state: 'connected', version: 5 }])
})
