/** Two recorded signals of people awake, eye aspect ratio (EAR) a frame at 30 frames a second, as observations. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Observation } from '../../daemon/observation.js'
import { observationOf } from '../scenarios/look.js'

const EAR_FPS = 30

/** EAR and label of one frame; null where no face was found. */
type Frame = { ear: number | null; inBlink: boolean }
/** Frames `[from, to)` that people labelled as one blink. */
export type Blink = { from: number; to: number }
export type Recording = { frames: readonly Frame[]; openEar: number; blinks: readonly Blink[] }

const lines = (file: string): string[] => readFileSync(file, 'utf8').trim().split(/\r?\n/)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function blinksOf(frames: readonly Frame[]): Blink[] {
  const blinks: Blink[] = []
  frames.forEach(({ inBlink }, i) => {
    const last = blinks.at(-1)
    if (!inBlink) return
    if (last !== undefined && last.to === i) last.to = i + 1
    else blinks.push({ from: i, to: i + 1 })
  })
  return blinks
}

/** @param folder that holds `<name>.ear.txt` and `<name>.inblink.txt`; they differ by a line at the end, which is left out */
export function readRecording(folder: string, name: string): Recording {
  const ears = lines(path.join(folder, `${name}.ear.txt`))
  const labels = lines(path.join(folder, `${name}.inblink.txt`))
  const frames = ears.slice(0, labels.length).map((ear, i) => {
    const value = Number(ear)
    return { ear: Number.isFinite(value) ? value : null, inBlink: labels[i] === '1' }
  })
  // People are awake: the middle of all frames is an open eye.
  return { frames, openEar: median(frames.flatMap(({ ear }) => ear ?? [])), blinks: blinksOf(frames) }
}

// The one mapping, relative to the person's open level: 1 at ≤ 0.3 of it (fully closed: an EAR never reaches 0), 0 at ≥ 0.5 of it, straight between.
// A classifier answers as steeply: on the footage lowered lids give near 0, closed ones near 1.
const FULLY_CLOSED_AT = 0.3
const SURELY_OPEN_AT = 0.5

const closedOf = (relativeEar: number): number =>
  Math.min(1, Math.max(0, (SURELY_OPEN_AT - relativeEar) / (SURELY_OPEN_AT - FULLY_CLOSED_AT)))

/** Both eyes alike, at 30 frames a second; not seen where no face was found. */
export function observationsOf({ frames, openEar }: Recording): Observation[] {
  return frames.map(({ ear }, i) => {
    const closed = ear === null ? null : closedOf(ear / openEar)
    const look = { left: closed, right: closed, reason: 'no-face', face: ear !== null, yaw: 0, pitch: 0 } as const
    return observationOf(look, (i * 1000) / EAR_FPS, i, null)
  })
}
