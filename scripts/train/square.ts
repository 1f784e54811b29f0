/** A square picture with values 0..255. */
export type Square = { side: number; pixels: Float32Array }

/** Gives each pixel another value; `x` and `y` are its middle's place, in shares of the side. In place. */
export const eachPixel = ({ side, pixels }: Square, change: (value: number, x: number, y: number) => number): void => {
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = change(pixels[at] ?? 0, ((at % side) + 0.5) / side, (Math.floor(at / side) + 0.5) / side)
  }
}
