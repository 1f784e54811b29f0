/** Seeded noise, so that a picture is the same on every machine. */

/**
 * A generator of pseudo-random numbers in 0..1 (mulberry32, Tommy Ettinger, public domain).
 * The same seed gives the same sequence.
 */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const hash = (x: number, y: number, z: number): number => {
  let mixed = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 1274126177)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1103515245)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296
}

const mix = (a: number, b: number, t: number): number => a + (b - a) * t

const ease = (t: number): number => t * t * (3 - 2 * t)

/** Smooth value noise in -1..1 over three coordinates; one feature a unit. */
export const valueNoise = (x: number, y: number, z: number): number => {
  const i = Math.floor(x)
  const j = Math.floor(y)
  const k = Math.floor(z)
  const sx = ease(x - i)
  const sy = ease(y - j)
  const near = mix(mix(hash(i, j, k), hash(i + 1, j, k), sx), mix(hash(i, j + 1, k), hash(i + 1, j + 1, k), sx), sy)
  const far = mix(mix(hash(i, j, k + 1), hash(i + 1, j, k + 1), sx), mix(hash(i, j + 1, k + 1), hash(i + 1, j + 1, k + 1), sx), sy)
  return mix(near, far, ease(z - k)) * 2 - 1
}

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger. */
export const smoothstep = (from: number, to: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

/** A bell of height 1 and the given half-width at 1/e. */
export const bell = (distance: number, width: number): number => Math.exp(-(distance * distance) / (width * width))
