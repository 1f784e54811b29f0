import { existsSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { observation } from '../../daemon/observation.js'
import { kantukd, scratch } from '../commands/program.js'
import { CLOSED, drawnDriver } from '../drawn-driver.js'

type Row = Record<string, unknown> & { type: string }

const rows = (args: readonly string[]): Row[] => {
  const { code, stdout, stderr } = kantukd(['replay', ...args, '--json'])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
const of = (all: readonly Row[], type: string) => all.filter((row) => row.type === type)
const withoutTimes = (all: readonly Row[]) => all.map(({ msPerFrame, ...row }) => row)

describe('replay over the drawn driver', () => {
  const all = rows([drawnDriver, '--observations'])

  it('gives an observation for every frame, and the summary last', () => {
    const observations = of(all, 'observation')
    expect(observations.every((row) => observation.safeParse(row).success)).toBe(true)
    expect(all.at(-1)).toMatchObject({ type: 'summary', frames: observations.length, faceFrames: observations.length, seconds: 16.533 })
    expect(observations.map((row) => row.frame)).toEqual(observations.map((_, i) => i))
  })

  it('raises the microsleep 1 s and the sleep 3 s after the eyes close, and nothing else', () => {
    const raised = of(all, 'event').filter(({ phase }) => phase !== 'ended')
    expect(raised.map(({ rule, level }) => [rule, level])).toEqual([
      ['microsleep', 2],
      ['sleep', 3],
    ])
    for (const [i, threshold] of [1, 3].entries()) {
      expect(Number(raised[i]?.seconds) - CLOSED.startSeconds - threshold).toBeGreaterThanOrEqual(-0.1)
      expect(Number(raised[i]?.seconds) - CLOSED.startSeconds - threshold).toBeLessThanOrEqual(0.2)
    }
  })

  it('says the same again in a second run: ids, times, probabilities', () => {
    expect(withoutTimes(rows([drawnDriver, '--observations']))).toEqual(withoutTimes(all))
  })

  it.each([10, 5])('thinned to %i frames a second, says the same within a frame', (fps) => {
    // That 5 frames a second are few is told too.
    const thinned = of(rows([drawnDriver, '--fps', String(fps)]), 'event').filter(({ rule }) => rule !== 'degraded')
    const whole = of(all, 'event')
    expect(thinned.map(({ rule, phase }) => [rule, phase])).toEqual(whole.map(({ rule, phase }) => [rule, phase]))
    for (const [i, { seconds }] of thinned.entries())
      expect(Math.abs(Number(seconds) - Number(whole[i]?.seconds))).toBeLessThanOrEqual(2 / fps)
  })

  it('replayed from its own log, judges the same', () => {
    const log = path.join(scratch(), 'drive.jsonl')
    writeFileSync(log, all.map((row) => JSON.stringify(row)).join('\n'))
    const told = (list: readonly Row[]) => of(list, 'event').map(({ rule, level, phase, seconds }) => [rule, level, phase, seconds])
    expect(told(rows([log]))).toEqual(told(all))
  })

  it('draws what it saw into a video', () => {
    const overlay = path.join(scratch(), 'seen.mp4')
    rows([drawnDriver, '--overlay', overlay])
    expect(existsSync(overlay)).toBe(true)
    expect(statSync(overlay).size).toBeGreaterThan(50_000)
    // The overlay is itself a recording with the same driver in it.
    expect(rows([overlay]).at(-1)).toMatchObject({ frames: of(all, 'observation').length })
  })
})
