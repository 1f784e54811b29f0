/** A square picture with values 0..255. */
export type Square = { side: number; pixels: Float32Array }
