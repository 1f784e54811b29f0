import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_INPUTS } from '../../daemon/judgement/rule.js'
import { createRecorder, type RecorderOptions } from '../../daemon/recording/recorder.js'
import { until } from '../fleet/harness.js'
import { observationOf } from '../judgement/story.js'

const judges = { schema: 1 as const, program: '0', policy: '0', settings: { sleepSeconds: 3 }, baseline: null }
const folderOf = () => mkdtempSync(path.join(tmpdir(), 'kantukd-record-'))
const linesOf = (folder: string, name: string): { type: string }[] =>
  readFileSync(path.join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** A recorder into a folder of its own, and what it complained of. */
const rig = (options: Partial<RecorderOptions> = {}) => {
  const folder = options.folder ?? folderOf()
  const faults: string[] = []
  const recorder = createRecorder({
    folder,
    run: 'run',
    allowedBytes: 1 << 30,
    head: () => judges,
    onFault: ({ message }) => faults.push(message),
    ...options,
  })
  return { folder, faults, recorder }
}
const observation = (at: number) => observationOf(at, 0, { left: 0, right: 0 })

describe('a recording', () => {
  it('begins with what judges, and has a line for each observation', async () => {
    const { folder, recorder } = rig()
    recorder.write(observation(1), NO_INPUTS)
    recorder.write(observation(2), NO_INPUTS)
    await recorder.close()
    expect(readdirSync(folder)).toEqual(['observations-run-00001.jsonl'])
    expect(linesOf(folder, 'observations-run-00001.jsonl')).toEqual([
      { type: 'recording', ...judges, part: 1 },
      { type: 'observation', ...observation(1) },
      { type: 'observation', ...observation(2) },
    ])
  })

  it('tells what the vehicle told when it changed, and each press of the button', async () => {
    const { folder, recorder } = rig()
    const course = [
      { speedKmh: null, acknowledged: false },
      { speedKmh: 50, acknowledged: false },
      { speedKmh: 50, acknowledged: false },
      { speedKmh: 50, acknowledged: true },
      { speedKmh: 50, acknowledged: true },
      { speedKmh: 50, acknowledged: false },
      { speedKmh: null, acknowledged: false },
    ]
    for (const [at, inputs] of course.entries()) recorder.write(observation(at), inputs)
    await recorder.close()
    const inputs = linesOf(folder, 'observations-run-00001.jsonl').filter(({ type }) => type === 'inputs')
    expect(inputs).toEqual([
      { type: 'inputs', speedKmh: 50 },
      { type: 'inputs', speedKmh: 50, acknowledged: true },
      { type: 'inputs', speedKmh: 50, acknowledged: true },
      { type: 'inputs', speedKmh: null },
    ])
  })

  it('goes on in a new file once one is full, each with what judges and what the vehicle tells', async () => {
    const { folder, recorder } = rig({ partBytes: 1000 })
    for (let at = 0; at < 10; at++) recorder.write(observation(at), { speedKmh: 30, acknowledged: false })
    await recorder.close()
    const names = readdirSync(folder).sort()
    expect(names.length).toBeGreaterThan(2)
    for (const [i, name] of names.entries()) {
      expect(linesOf(folder, name).slice(0, 2)).toEqual([
        { type: 'recording', ...judges, part: i + 1 },
        { type: 'inputs', speedKmh: 30 },
      ])
    }
    const all = names.flatMap((name) => linesOf(folder, name)).filter(({ type }) => type === 'observation')
    expect(all).toEqual(Array.from({ length: 10 }, (_, at) => ({ type: 'observation', ...observation(at) })))
  })

  it('never fills more than was allowed: the oldest recordings go, of earlier runs first, and no other file', async () => {
    const folder = folderOf()
    for (const [name, ageSeconds] of [
      ['observations-old-00001.jsonl', 200],
      ['observations-old-00002.jsonl', 100],
      ['notes.txt', 900],
    ] as const) {
      writeFileSync(path.join(folder, name), 'x'.repeat(2000))
      utimesSync(path.join(folder, name), Date.now() / 1000 - ageSeconds, Date.now() / 1000 - ageSeconds)
    }
    const { recorder, faults } = rig({ folder, partBytes: 1000, allowedBytes: 3500 })
    await until(
      () => !existsSync(path.join(folder, 'observations-old-00001.jsonl')),
      () => readdirSync(folder).join(),
    )
    expect(existsSync(path.join(folder, 'observations-old-00002.jsonl'))).toBe(true)
    for (let at = 0; at < 40; at++) {
      recorder.write(observation(at), NO_INPUTS)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await recorder.close()
    const names = readdirSync(folder)
    expect(names).toContain('notes.txt')
    expect(names).not.toContain('observations-old-00002.jsonl')
    expect(names.filter((name) => name.startsWith('observations')).length).toBeLessThanOrEqual(4)
    expect(faults).toEqual([])
  })

  it('that cannot be written any more says so once, and the daemon goes on', async () => {
    // Every write to it says "no space left on device".
    const folder = folderOf()
    symlinkSync('/dev/full', path.join(folder, 'observations-full-00001.jsonl'))
    const { recorder, faults } = rig({ folder, run: 'full' })
    recorder.write(observation(1), NO_INPUTS)
    await until(
      () => faults.length > 0,
      () => 'no fault',
    )
    recorder.write(observation(2), NO_INPUTS)
    await recorder.close()
    expect(faults).toEqual([expect.stringContaining('ENOSPC')])
  })
})
