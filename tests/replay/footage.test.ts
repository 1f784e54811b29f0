/** Real recordings of real people. They are not part of the project: without them these tests say that they are skipped. */
import { describe, expect, it } from 'vitest'
import { readMarks } from '../../scripts/marks.js'
import { kantukd } from '../commands/program.js'
import { dataFile, dataFolder } from '../data.js'

const event = (line: string) => JSON.parse(line)

function replay(file: string, fps: number | null) {
  const { code, stdout, stderr } = kantukd(['replay', file, '--json', ...(fps === null ? [] : ['--fps', String(fps)])])
  if (code !== 0) throw new Error(stderr)
  const lines = stdout.trim().split('\n').map(event)
  return { events: lines.filter(({ type, phase }) => type === 'event' && phase !== 'ended'), summary: lines.at(-1) }
}

// The measure: within 0.4 s and one frame of the threshold, counted from the mark (which is itself ± 0.1 s).
const WITHIN_SECONDS = 0.4

const closures = dataFile('footage', 'marks.csv')
describe.skipIf(closures === null)('every marked closure of 1.5 s or more', () => {
  const marks = closures === null ? [] : readMarks(`${dataFolder}/footage`)
  const long = marks.filter(({ label, startSeconds, endSeconds }) => label === 'closed' && endSeconds - startSeconds >= 1.5)
  const files = [...new Set(long.map(({ file }) => file))]
  const cases = files.flatMap((file) => [null, 15, 10, 5].map((fps) => ({ file, fps })))

  it.each(cases)('of $file at $fps fps is told once, in time', ({ file, fps }) => {
    const { events } = replay(`${dataFolder}/footage/${file}`, fps)
    const slack = WITHIN_SECONDS + 1 / (fps ?? 25)
    for (const { startSeconds, endSeconds } of long.filter((m) => m.file === file)) {
      const told = (rule: string, seconds: number) =>
        events.filter((e) => e.rule === rule && Math.abs(e.seconds - startSeconds - seconds) <= slack).length
      expect(told('microsleep', 1), `microsleep of ${startSeconds} s`).toBe(1)
      expect(told('sleep', 3), `sleep of ${startSeconds} s`).toBe(endSeconds - startSeconds >= 3 ? 1 : 0)
    }
    expect(events.filter((e) => e.rule === 'microsleep')).toHaveLength(long.filter((m) => m.file === file).length)
  })
})

const webcam = dataFile('eyeblink8', 'driver-webcam-30s.mp4')
it.skipIf(webcam === null)('a woman awake before a webcam: an observation a frame, both eyes in 97 %, no event of level 2', () => {
  const { events, summary } = replay(webcam ?? '', null)
  expect(summary.frames).toBe(900)
  expect(summary.eyeFrames / summary.frames).toBeGreaterThanOrEqual(0.97)
  expect(events.filter(({ level }) => level >= 2)).toEqual([])
})
