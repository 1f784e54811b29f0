/** What a small infrared camera does to a picture: softness, vignette, grain, eight bits. */
import { random } from './noise.js'

/** Exposure: radiance 1 becomes this many of 255 steps. */
const EXPOSURE = 235
/** Grain's standard deviation in steps of 255, of the order of a cabin camera's at night. */
const GRAIN = 2.2
const GRAIN_TABLE = 8192

/** Normal-ish noise (sum of three uniforms), tabled: drawing 300,000 numbers a frame would cost more than the face. */
const grainTable = ((): Float32Array => {
  const next = random(20)
  return Float32Array.from({ length: GRAIN_TABLE }, () => (next() + next() + next() - 1.5) * 2 * GRAIN)
})()

/** Share of the light that reaches the sensor at a place given from the middle, in widths and heights. */
const vignette = (x: number, y: number): number => 1 - 0.55 * (x * x + y * y)

/** Blurs by a 3×3 binomial and turns radiance into BGR bytes with three equal channels. `seed` chooses the grain. */
export const expose = (radiances: Float32Array, width: number, height: number, seed: number): Uint8Array => {
  const picture = new Uint8Array(width * height * 3)
  const columns = new Float32Array(width + 2)
  const next = random(seed)
  for (let row = 0; row < height; row++) {
    const above = Math.max(0, row - 1) * width
    const here = row * width
    const below = Math.min(height - 1, row + 1) * width
    for (let column = 0; column < width; column++) {
      columns[column + 1] = (radiances[above + column] ?? 0) + 2 * (radiances[here + column] ?? 0) + (radiances[below + column] ?? 0)
    }
    columns[0] = columns[1] ?? 0
    columns[width + 1] = columns[width] ?? 0
    let grainAt = Math.floor(next() * GRAIN_TABLE)
    for (let column = 0; column < width; column++) {
      const soft = ((columns[column] ?? 0) + 2 * (columns[column + 1] ?? 0) + (columns[column + 2] ?? 0)) / 16
      const grain = grainTable[grainAt++ % GRAIN_TABLE] ?? 0
      const value = Math.min(255, Math.max(0, soft * EXPOSURE * vignette(column / width - 0.5, row / height - 0.5) + grain))
      const at = (here + column) * 3
      picture[at] = value
      picture[at + 1] = value
      picture[at + 2] = value
    }
  }
  return picture
}
