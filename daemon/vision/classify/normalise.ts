/** The one way from gray pixels to the numbers the network takes; training, both runtimes and the evaluation share it. */

/** Side of the patch the network takes, px. */
export const INPUT_SIDE = 64

// Own: two deviations fill most of -1..1, the range the pretrained weights saw.
const DEVIATIONS = 2
// Own: an evenly lit patch (deviation below 6 gray levels) is mostly noise; do not blow it up to full contrast.
const DEVIATION_FLOOR = 6
// Own: a glint or the dark edge of a frame must not drown the rest.
export const LIMIT = 2.5

// The vehicle's patches have 256 tones and 4096 pixels: each tone is worked out once, in memory that is kept.
const tones = new Float32Array(256)

/**
 * Writes a patch's pixels (0..255) to `target` from `offset` on: minus their mean, over twice their deviation, kept within ±2.5.
 * Takes light, exposure and most of the difference between infrared and visible cameras out of the patch.
 */
export const normalise = (pixels: Uint8Array | Float32Array, target: Float32Array, offset: number): void => {
  const count = pixels.length
  let sum = 0
  let squares = 0
  for (let at = 0; at < count; at++) {
    const value = pixels[at] ?? 0
    sum += value
    squares += value * value
  }
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean))
  const factor = 1 / (DEVIATIONS * Math.max(deviation, DEVIATION_FLOOR))
  const normalised = (value: number): number => Math.max(-LIMIT, Math.min(LIMIT, (value - mean) * factor))
  if (pixels instanceof Uint8Array) {
    for (let tone = 0; tone < 256; tone++) tones[tone] = normalised(tone)
    for (let at = 0; at < count; at++) target[offset + at] = tones[pixels[at] ?? 0] ?? 0
  } else for (let at = 0; at < count; at++) target[offset + at] = normalised(pixels[at] ?? 0)
}
