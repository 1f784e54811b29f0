/** A recording of `run --record`, replayed: the same events, byte for byte, and a word where they may differ. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createEvents } from '../../daemon/fleet/events.js'
import { replayIds } from '../../daemon/fleet/ids.js'
import { createJudgement } from '../../daemon/judgement/index.js'
import { POLICY_VERSION, policyOf } from '../../daemon/judgement/policy.js'
import { type Inputs, NO_INPUTS } from '../../daemon/judgement/rule.js'
import { createRecorder, recordingOf } from '../../daemon/recording/index.js'
import { replay } from '../../daemon/replay/index.js'
import { fromLog } from '../../daemon/replay/log.js'
import type { Step } from '../../daemon/replay/source.js'
import type { SavedBaseline } from '../../daemon/state/baseline.js'
import { kantukd, scratch, writeConfig } from '../commands/program.js'
import { observationOf } from '../judgement/story.js'

const config = defaultConfig()
const NAME = 'observations-run-00001.jsonl'

/** A minute or so of a drive: eyes closed, open or unseen for a while, at any frame rate, with a clock that has been running for days. */
const drives = fc
  .record({
    fps: fc.constantFrom(5, 14.985, 15, 29.97, 30, 60),
    startMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    pieces: fc.array(
      fc.record({
        seconds: fc.constantFrom(0.2, 0.9, 1, 2.5, 3, 5, 9),
        eyes: fc.constantFrom(0.03, 0.97, null),
        speedKmh: fc.constantFrom(null, 0, 12.5, 80),
        press: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ fps, startMs, pieces }) => {
    let frame = 0
    return pieces.flatMap(({ seconds, eyes, speedKmh, press }) =>
      Array.from({ length: Math.max(1, Math.round(seconds * fps)) }, (_, i) => {
        const observation = observationOf(startMs + (frame * 1000) / fps, frame, { left: eyes, right: eyes })
        frame += 1
        return { observation, inputs: { speedKmh, acknowledged: press && i === 0 } }
      }),
    )
  })

type Judged = { observation: Step['observation']; inputs: Inputs }

/** The events as lines, the way `replay --json` prints them. */
async function eventsOf(steps: AsyncIterable<Step>, baseline: SavedBaseline | null = null): Promise<string[]> {
  const lines: string[] = []
  await replay({
    steps,
    judgement: createJudgement(policyOf(config.judgement), baseline),
    events: createEvents({
      ids: replayIds(),
      vehicle: config.vehicle.id,
      bootId: 'replay',
      recording: true,
      simulated: true,
    }),
    overlay: null,
    realtime: false,
    onObservation: () => undefined,
    onEvent: (event, seconds) => lines.push(JSON.stringify({ type: 'event', seconds: Number(seconds.toFixed(4)), ...event })),
  })
  return lines
}

async function* live(judged: readonly Judged[]): AsyncGenerator<Step> {
  const startMs = judged[0]?.observation.at ?? 0
  for (const { observation, inputs } of judged) yield { observation, inputs, startMs, stageMs: {}, picture: null }
}

async function record(judged: readonly Judged[], baseline: SavedBaseline | null = null): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-replay-'))
  const faults: Error[] = []
  const recorder = createRecorder(
    recordingOf(folder, config, { run: 'run', baseline: () => baseline, onFault: (fault) => faults.push(fault) }),
  )
  for (const { observation, inputs } of judged) recorder.write(observation, inputs)
  await recorder.close()
  expect([readdirSync(folder), faults]).toEqual([[NAME], []])
  return path.join(folder, NAME)
}

const observation = (at: number) => observationOf(at, 0, { left: 0, right: 0 })

describe('a recording, replayed', () => {
  it('gives the same events byte for byte, whatever happened', async () => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(drives, async (judged) => {
        const expected = await eventsOf(live(judged))
        told += expected.length
        expect(
          await eventsOf(
            fromLog(
              await record(judged),
              () => true,
              () => undefined,
            ),
          ),
        ).toEqual(expected)
      }),
      { numRuns: 20, seed: 6 },
    )
    expect(told).toBeGreaterThan(50)
  })

  it('is what the command prints, twice the same, and nothing is said where policy and settings are those of the recording', async () => {
    const [judged = []] = fc.sample(drives, { seed: 8, numRuns: 1 })
    const file = await record(judged)
    const expected = await eventsOf(live(judged))
    expect(expected.length).toBeGreaterThan(0)
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = kantukd(['replay', file, '--json'])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout.split('\n').filter((line) => line.startsWith('{"type":"event"'))).toEqual(expected)
    }
  })

  it('is judged with the baseline that the run began with, and with none of this machine', async () => {
    // A driver whose eyes are narrow, as an earlier start has seen: that decides whether these 2 s are a closure.
    const narrow: SavedBaseline = { bare: { left: 0.7, right: 0.7 }, glasses: null, wears: 'bare' }
    const p = [...Array(180).fill(0.1), ...Array(60).fill(0.7), ...Array(40).fill(0.1)]
    const judged = p.map((closed, i) => ({ observation: observationOf(i * 33, i, { left: closed, right: closed }), inputs: NO_INPUTS }))
    const [known, unknown] = [await eventsOf(live(judged), narrow), await eventsOf(live(judged))]
    expect(known).not.toEqual(unknown)
    for (const [baseline, expected] of [
      [narrow, known],
      [null, unknown],
    ] as const) {
      const { stdout } = kantukd(['replay', await record(judged, baseline), '--json'])
      expect(stdout.split('\n').filter((line) => line.startsWith('{"type":"event"'))).toEqual(expected)
    }
  })

  it('says where settings and policy are not those of the recording', async () => {
    const file = await record([{ observation: observation(1), inputs: NO_INPUTS }])
    const other = writeConfig(scratch(), { judgement: { sleepSeconds: 4 } })
    expect(kantukd(['replay', file, '-c', other]).stderr).toMatch(/judged with judgement\.sleepSeconds 3, and now with 4/)
    writeFileSync(file, readFileSync(file, 'utf8').replace(`"policy":"${POLICY_VERSION}"`, '"policy":"0.0"'))
    expect(kantukd(['replay', file]).stderr).toMatch(new RegExp(`policy 0\\.0, and now by policy ${POLICY_VERSION.replaceAll('.', '\\.')}`))
  })

  it('says that it is the later part of a run', async () => {
    const file = await record([{ observation: observation(1), inputs: NO_INPUTS }])
    writeFileSync(file, readFileSync(file, 'utf8').replace('"part":1', '"part":3'))
    expect(kantukd(['replay', file]).stderr).toMatch(/part 3 of a run/)
  })

  it('names a line of inputs that is none', async () => {
    const file = await record([
      { observation: observation(1), inputs: { speedKmh: 30, acknowledged: false } },
      { observation: observation(2), inputs: NO_INPUTS },
    ])
    writeFileSync(file, readFileSync(file, 'utf8').replace('"speedKmh":30', '"speedKmh":"30"'))
    const { code, stderr } = kantukd(['replay', file])
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${NAME}:2`)])
  })

  it('keeps what the vehicle told when it is printed with --observations and replayed from there', async () => {
    const [judged = []] = fc.sample(drives, { seed: 8, numRuns: 1 })
    const printed = kantukd(['replay', await record(judged), '--json', '--observations']).stdout
    const log = path.join(scratch(), 'again.jsonl')
    writeFileSync(log, printed)
    const told: Inputs[] = []
    for await (const { inputs } of fromLog(
      log,
      () => true,
      () => undefined,
    ))
      told.push(inputs)
    expect(told).toEqual(judged.map(({ inputs }) => inputs))
  })
})
