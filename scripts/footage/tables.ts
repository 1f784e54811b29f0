/** The tables of docs/footage.md. */
import type { RateScore } from './delays.js'
import type { Raised } from './replay.js'

export type Row = {
  name: string
  fps: number | null
  frames: number
  eyeFrames: number
  raised: readonly Raised[]
  misses: readonly string[]
}

const HEAD = ['| recording | rate | frames | both eyes | raised (level) at second |', '|---|---|---|---|---|']

export function recordingsTable(rows: readonly Row[]): string[] {
  const lines = rows.map(({ name, fps, frames, eyeFrames, raised, misses }) => {
    const told = raised.map((r) => `${r.rule} (${r.level}) ${r.seconds.toFixed(2)}`).join(', ') || '–'
    const note = misses.length > 0 ? `; **missed: ${misses.join(', ')}**` : ''
    return `| ${name} | ${fps ?? 'full'} | ${frames} | ${((100 * eyeFrames) / frames).toFixed(1)} % | ${told}${note} |`
  })
  return [...HEAD, ...lines]
}

const milliseconds = (seconds: readonly number[], share: number): string => {
  const sorted = [...seconds].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return value === undefined ? '–' : String(Math.round(value * 1000))
}

/** Delays in ms beyond the threshold of 1 s; recall beside the false alarms that it is bought with. */
export function ratesTable(scores: readonly RateScore[]): string[] {
  return [
    '| frames/s | closures ≥ 1.5 s told | from the mark: median, 95 % | from the first closed frame: median, most | false alarms an hour |',
    '|---|---|---|---|---|',
    ...scores.map(({ fps, due, told, fromMark, fromFirstFrame, falseAlarms, hours }) => {
      const mark = `${milliseconds(fromMark, 0.5)}, ${milliseconds(fromMark, 0.95)} ms`
      const first = `${milliseconds(fromFirstFrame, 0.5)}, ${milliseconds(fromFirstFrame, 1)} ms`
      return `| ${fps} | ${told} of ${due} | ${mark} | ${first} | ${(falseAlarms / hours).toFixed(1)} (${falseAlarms} in ${(60 * hours).toFixed(1)} min) |`
    }),
  ]
}
