/** Summaries as the daemon has them: real judgement, real file, real outbox and broker; only time is made. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { payloads } from '../../daemon/fleet/payloads/index.js'
import { createMemoryVerdicts } from '../../daemon/fleet/verdicts/memory.js'
import { createSummaryKeeping, openPastIncidents, openSummaryStore } from '../../daemon/wiring/summaries.js'
import { rig } from '../fleet/harness.js'
import { startMosquitto } from '../fleet/mosquitto.js'
import { subscribe } from '../fleet/subscriber.js'
import { blinking, drive, eyes } from '../judgement/signs/drive.js'

// Four minutes awake, then asleep for 4 s, then a minute awake.
const { verdicts } = drive([blinking(240), eyes(4, 0.97), blinking(60)])

const setUp = async () => {
  const { port, url, stop } = await startMosquitto()
  onTestFinished(stop)
  const fleetSide = await subscribe(port)
  onTestFinished(fleetSide.stop)
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-summary-'))
  const file = path.join(folder, 'summaries.json')
  const warnings: string[] = []
  const sentences: string[] = []
  const said = createMemoryVerdicts()
  const begin = () => {
    const bus = rig({ url })
    const nothing = { speedKmh: null, acknowledged: false }
    const store = openSummaryStore(file, (message) => void warnings.push(message))
    const past = openPastIncidents(path.join(folder, 'incidents.jsonl'), (message) => void warnings.push(message))
    const keeping = createSummaryKeeping({
      ...{ vehicle: 'bus-12', simulated: false, store, clock: bus.clock, fleet: bus.fleet, verdicts: said, past },
      log: { info: (message: string) => void sentences.push(message) },
      inputs: { ignition: () => true },
    })
    return {
      trip: (phase: 'began' | 'ended') => keeping.trip({ phase, atMs: bus.clock.monotonicMs() }),
      /** @param from s of the drive */
      watch: (from: number, to: number) => {
        for (const verdict of verdicts.filter(({ atMs }) => atMs >= from * 1000 && atMs < to * 1000)) {
          const events = verdict.decisions.map((decision) => bus.fleet.alert(decision, bus.clock.wallMs()))
          keeping.step({ verdict, told: nothing, events, nowMs: verdict.atMs })
        }
      },
      end: async () => {
        keeping.stop()
        await bus.fleet.close()
        await store?.close()
        await past.close()
      },
    }
  }
  return { file, warnings, sentences, fleetSide, begin, said }
}

it('a trip over a restart arrives once, whole, after its alarms, with the verdict on one of them', async () => {
  const { file, warnings, sentences, fleetSide, begin, said } = await setUp()
  const first = begin()
  first.trip('began')
  first.watch(0, 200)
  await first.end()
  expect(JSON.parse(readFileSync(file, 'utf8')).trip.counted.drivingMs).toBeCloseTo(200_000, -3)

  const second = begin()
  second.trip('began')
  second.watch(200, 304)
  const [alert] = await fleetSide.on('alert')
  await said.put(String(alert?.payload.incident), true)
  second.trip('ended')
  await second.end()
  const [trip, ...more] = await fleetSide.on('trip')
  expect(more).toEqual([])
  expect(trip).toMatchObject({ qos: 1, retain: 0 })
  expect(payloads.trip.safeParse(trip?.payload).error).toBeUndefined()
  expect(trip?.payload).toMatchObject({
    drivingSeconds: expect.closeTo(304, -1),
    supervisedShare: 1,
    speedKnownShare: 0,
    closures: { from500Ms: 0, from1000Ms: 0, from3000Ms: 1 },
    incidents: [{ rule: 'sleep', level: 3, count: 1 }],
    verdicts: { right: 1, wrong: 0, none: 0 },
    precision: 1,
    falseAlarmsPerHour: 0,
  })
  expect(trip?.payload.perclos).toMatchObject({ curve: [expect.any(Number), expect.any(Number)] })
  expect(fleetSide.received.at(-2)?.topic).toMatch(/trip$/)
  expect(sentences).toEqual([expect.stringMatching(/^The trip was 5 min \d+ s of driving; .*; told: sleep once\.$/)])
  expect([JSON.parse(readFileSync(file, 'utf8')).trip, warnings]).toEqual([null, []])
})

it('a spoilt file is set aside and said, and counting begins anew', async () => {
  const { file, warnings, begin } = await setUp()
  writeFileSync(file, '{"trip":')
  const only = begin()
  only.trip('began')
  await only.end()
  expect(warnings).toEqual([expect.stringMatching(/cannot be used .* set aside as .*summaries.json.bad, and counting begins anew/)])
  expect(readFileSync(`${file}.bad`, 'utf8')).toBe('{"trip":')
})

it('incidents of past days outlive the daemon, and those of a file that cannot be written this run at least', async () => {
  const warnings: string[] = []
  const warn = (message: string) => void warnings.push(message)
  const one = { incident: 'a', date: '2026-11-24', kind: 'sleep 3', told: null }
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-past-')), 'incidents.jsonl')
  const first = openPastIncidents(file, warn)
  first.add([one, { ...one, incident: 'b' }])
  first.add([{ ...one, told: true }])
  await first.close()
  expect(openPastIncidents(file, warn).known()).toEqual([
    { ...one, incident: 'b' },
    { ...one, told: true },
  ])
  expect(warnings).toEqual([])
  const nowhere = openPastIncidents('/proc/nowhere/incidents.jsonl', warn)
  nowhere.add([one])
  await nowhere.close()
  expect([nowhere.known(), warnings.at(-1)]).toEqual([[one], expect.stringMatching(/^Past incidents cannot be kept in /)])
})
