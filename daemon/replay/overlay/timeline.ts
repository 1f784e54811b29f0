/** The closure of the last seconds as a strip of pixels, the newest on the right. Pure: paints into memory, reads no clock. */
import type { Level } from '../../judgement/decision.js'
import type { Verdict } from '../../judgement/index.js'
import { type Colour, FAINT, GROUND, groundOf, ofEyes, ofLevel } from './palette.js'

/** One observation as the strip shows it; `closed` 0..1 of the eye that decides, null when none is seen. */
export type Moment = { at: number; eyes: Verdict['eyes']; closed: number | null; level: Level }

// Own: long enough to see an episode from its first blink, short enough to see a blink.
export const SHOWN_MS = 20_000
const TICK_MS = 5000
// Of the strip's height, for the level's colour below the closure.
const LEVEL_SHARE = 0.2
const GAP_PX = 3

type Column = { eyes: Verdict['eyes']; closed: number; level: Level }

/** What each column of px shows; null before the beginning. A column holds the highest of its moments, so that no blink is lost. */
export const columnsOf = (moments: readonly Moment[], width: number, nowMs: number): (Column | null)[] => {
  const all = new Array<Column | null>(width).fill(null)
  let last = -1
  for (const { at, eyes, closed, level } of moments) {
    const column = Math.min(width - 1, Math.floor(((at - (nowMs - SHOWN_MS)) / SHOWN_MS) * width))
    if (column < 0) continue
    const present = all[column]
    const shown: Column = { eyes, closed: closed ?? 0, level }
    const higher = present !== null && present !== undefined && present.closed > shown.closed ? present : shown
    // Where moments are rarer than columns, each reaches back to the one before.
    for (let fill = last < 0 ? column : Math.min(last + 1, column); fill <= column; fill++) all[fill] = higher
    last = column
  }
  return all
}

/** Keeps the moments that are shown, and paints them. */
export const createTimeline = (): { add(moment: Moment): void; paint(width: number, height: number): Buffer } => {
  let moments: Moment[] = []
  return {
    add: (moment) => {
      moments.push(moment)
      if ((moments[0]?.at ?? 0) < moment.at - 2 * SHOWN_MS) moments = moments.filter(({ at }) => at >= moment.at - SHOWN_MS)
    },
    paint: (width, height) => {
      const data = Buffer.alloc(3 * width * height)
      const nowMs = moments.at(-1)?.at ?? 0
      const floor = Math.round(height * (1 - LEVEL_SHARE))
      const levelsFrom = Math.min(height, floor + GAP_PX)
      const half = Math.round(floor / 2)
      const set = (x: number, y: number, [b, g, r]: Colour) => {
        const at = 3 * (y * width + x)
        data[at] = b
        data[at + 1] = g
        data[at + 2] = r
      }
      columnsOf(moments, width, nowMs).forEach((column, x) => {
        const atMs = nowMs - SHOWN_MS + ((x + 0.5) / width) * SHOWN_MS
        const stepMs = SHOWN_MS / width
        const tick = atMs >= 0 && atMs % TICK_MS < stepMs
        const top = column === null ? floor : Math.round(floor * (1 - column.closed))
        const ground = column === null ? GROUND : groundOf[column.eyes]
        for (let y = 0; y < floor; y++) {
          const risen = column !== null && column.eyes !== 'unseen' && y >= top
          set(x, y, risen ? ofEyes[column.eyes] : tick || y === half ? FAINT : ground)
        }
        for (let y = floor; y < levelsFrom; y++) set(x, y, GROUND)
        for (let y = levelsFrom; y < height; y++) set(x, y, ofLevel[column?.level ?? 0])
      })
      return data
    },
  }
}
