/** A day without a network at 60 events an hour, and then one: on disk, against Mosquitto, over a line with 100 ms a round trip. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { machineClock } from '../../daemon/fleet/clock.js'
import { openDiskOutbox } from '../../daemon/fleet/outbox/disk.js'
import { freePort } from '../../scripts/lab/free-port.js'
import { openRoad } from '../../scripts/lab/road.js'
import { decision, ROOT } from './examples.js'
import { rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'

const EVENTS = 24 * 60
const MINUTE_MS = 60_000
const THREAD = join(ROOT, 'dist/fleet/outbox/thread.js')

it('1,440 events of a day offline arrive within a minute, what is news first, the rest in order; memory stays flat', async () => {
  if (!existsSync(THREAD)) throw new Error('The program is not compiled: npx tsc')
  const brokerPort = await freePort()
  const road = await openRoad(brokerPort)
  onTestFinished(road.close)
  road.delay(50)
  const folder = mkdtempSync(join(tmpdir(), 'kantuk-backlog-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const outbox = await openDiskOutbox({
    file: join(folder, 'outbox.sqlite'),
    budget: { bytes: 20e6, ageMs: 30 * 86_400_000 },
    onNews: (news) => expect.fail(JSON.stringify(news)),
    onThreadDeath: (error) => expect.fail(error.message),
    nowWallMs: () => Date.now(),
    threadFile: THREAD,
  })
  // A machine that has been up for two days.
  const machine = machineClock()
  const clock = { ...machine, monotonicMs: () => machine.monotonicMs() + 48 * 60 * MINUTE_MS, synced: () => true }
  const bus = rig({ url: `mqtt://127.0.0.1:${road.port}` }, { outbox, clock })
  onTestFinished(bus.fleet.close)
  for (let n = 0; n < EVENTS; n += 1) {
    const agoMs = (EVENTS - n) * MINUTE_MS
    const atMs = clock.monotonicMs() - agoMs
    bus.fleet.alert(decision({ incident: n + 1, atMs, startedMs: atMs - 1000 }), clock.wallMs() - agoMs)
  }
  await until(
    () => bus.fleet.outboxDepth === EVENTS,
    () => `${bus.fleet.outboxDepth} wait`,
  )
  const rssBefore = process.memoryUsage.rss()

  const broker = await startMosquitto({ port: brokerPort })
  onTestFinished(broker.stop)
  const fleetSide = await subscribe(broker.port)
  onTestFinished(fleetSide.stop)
  const news = bus.fleet.alert(
    decision({ incident: EVENTS + 1, atMs: clock.monotonicMs(), startedMs: clock.monotonicMs() }),
    clock.wallMs(),
  )
  await bus.connected()
  const startedMs = performance.now()
  await until(
    () => bus.fleet.outboxDepth === 0,
    () => `${bus.fleet.outboxDepth} wait`,
    MINUTE_MS,
  )
  const seconds = (performance.now() - startedMs) / 1000
  const alerts = await fleetSide.on('alert', EVENTS + 1)
  console.log(
    `${EVENTS} events in ${seconds.toFixed(1)} s at 100 ms a round trip; ${Math.round((process.memoryUsage.rss() - rssBefore) / 1e6)} MB more`,
  )
  const seqs = alerts.map(({ payload }) => Number(payload.seq))
  expect(alerts[0]?.payload).toMatchObject({ id: news.id, historical: false })
  expect(seqs.slice(1)).toEqual(Array.from({ length: EVENTS }, (_, n) => n + 1))
  expect(alerts.slice(1).every(({ payload }) => payload.historical === true)).toBe(true)
  expect(new Set(alerts.map(({ payload }) => payload.id)).size).toBe(EVENTS + 1)
  // What is under way is 16 messages, not the backlog. The fleet's side, in this process too, keeps all of them.
  expect(process.memoryUsage.rss() - rssBefore).toBeLessThan(60e6)
})
