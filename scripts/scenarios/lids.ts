/** How lids move over minutes: blinks at intervals that waver as people's do, and lids that droop. */
import type { Look } from './look.js'
import type { Stage } from './stage.js'

type Blink = { fromS: number; toS: number }

const lookWith =
  (blinks: readonly Blink[], open: Look, closed: Look) =>
  (seconds: number): Look =>
    blinks.some(({ fromS, toS }) => seconds >= fromS && seconds < toS) ? closed : open

// Own: a story's times count from clean edges, so that a stretch of driving begins and ends with eyes open.
const CLEAN_START_S = 1.3
const CLEAN_END_S = 0.5

/** Blinks of about `blinkS` every `everyS`; each interval wavers by a quarter, the length by a fifth. */
export function blinking(stage: Stage, seconds: number, blinkS: number, everyS: number, open: Look, closed: Look): void {
  const blinks: Blink[] = []
  for (let dueS = CLEAN_START_S; ; dueS += everyS) {
    const fromS = dueS + stage.random.between(0, everyS / 4)
    const toS = fromS + blinkS * stage.random.between(0.9, 1.1)
    if (toS > seconds - CLEAN_END_S) break
    blinks.push({ fromS, toS })
  }
  stage.show(seconds, 'steady', lookWith(blinks, open, closed))
}

/** Awake at the beginning, asleep in the end: the blinks lengthen from 0.15 s to 0.9 s, the lids between them come down half-way. */
export function drooping(stage: Stage, seconds: number, open: Look, closed: Look): void {
  const blinks: Blink[] = []
  for (let fromS = CLEAN_START_S; fromS < seconds - 2; fromS += 4) blinks.push({ fromS, toS: fromS + 0.15 + (0.75 * fromS) / seconds })
  const at = lookWith(blinks, open, closed)
  stage.show(seconds, 'plain', (t) => {
    const look = at(t)
    if (look === closed || look.left === null || look.right === null) return look
    const lowered = (0.3 * t) / seconds
    return { ...look, left: look.left + lowered, right: look.right + lowered }
  })
}
