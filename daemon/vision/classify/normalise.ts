/** The one way from gray pixels to the numbers the network takes; training, both runtimes and the evaluation share it. */

/** Side of the patch the network takes, px. */
export const INPUT_SIDE = 64

// Own: the rim of glasses, brow and nose lie there, and must not set the range of what lies within. Against an eighth, two eyes in a hundred
// more of CEW were right after a first epoch without CEW.
const BORDER_SHARE = 1 / 4
const LOW = 0.1
const MIDDLE = 0.5
const HIGH = 0.9
// Own: of normal levels 1.28 deviations lie on either side between LOW and HIGH; so they come to stand at about ±0.64.
const SCALE = 1.28
// Own: an evenly lit patch (range below 15 gray levels) is mostly noise; do not blow it up to full contrast.
const RANGE_FLOOR = 15
// Own: a glint or the dark edge of a frame must not drown the rest.
export const LIMIT = 2.5

/** How many pixels within the border have each gray level. */
const levelsWithin = (pixels: Uint8Array | Float32Array, side: number): { counts: Uint32Array; total: number } => {
  const counts = new Uint32Array(256)
  const border = Math.floor(side * BORDER_SHARE)
  for (let y = border; y < side - border; y++) {
    for (let at = y * side + border; at < (y + 1) * side - border; at++) {
      const level = Math.max(0, Math.min(255, Math.round(pixels[at] ?? 0)))
      counts[level] = (counts[level] ?? 0) + 1
    }
  }
  return { counts, total: (side - 2 * border) ** 2 }
}

/** The gray level below which, with itself, this share of the pixels lies. */
const levelAt = (counts: Uint32Array, total: number, share: number): number => {
  let below = 0
  for (let level = 0; level < 256; level++) {
    below += counts[level] ?? 0
    if (below >= share * total) return level
  }
  return 255
}

/** Of a square patch's inner part: the median level, and the range that holds the middle 80 % of the levels. */
export const innerLevels = (pixels: Uint8Array | Float32Array): { middle: number; range: number } => {
  const { counts, total } = levelsWithin(pixels, Math.round(Math.sqrt(pixels.length)))
  return { middle: levelAt(counts, total, MIDDLE), range: levelAt(counts, total, HIGH) - levelAt(counts, total, LOW) }
}

// The vehicle's patches have 256 tones and 4096 pixels: each tone is worked out once, in memory that is kept.
const tones = new Float32Array(256)

/**
 * Writes a square patch's pixels (0..255) to `target` from `offset` on: minus the median of its inner part, over the range that holds the
 * inner part's middle 80 %, kept within ±2.5. Takes light, exposure and most of the difference between infrared and visible cameras out.
 */
export const normalise = (pixels: Uint8Array | Float32Array, target: Float32Array, offset: number): void => {
  const { middle, range } = innerLevels(pixels)
  const factor = SCALE / Math.max(range, RANGE_FLOOR)
  const normalised = (value: number): number => Math.max(-LIMIT, Math.min(LIMIT, (value - middle) * factor))
  if (pixels instanceof Uint8Array) {
    for (let tone = 0; tone < 256; tone++) tones[tone] = normalised(tone)
    for (let at = 0; at < pixels.length; at++) target[offset + at] = tones[pixels[at] ?? 0] ?? 0
  } else for (let at = 0; at < pixels.length; at++) target[offset + at] = normalised(pixels[at] ?? 0)
}
