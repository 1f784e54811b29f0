/** Eye patches drawn by code: no picture of a person is needed to ask a model something it must know. Its golden samples are these. */
import type { GrayPatch } from '../pixels.js'

export const SIDE = 64

const patch = (shade: (x: number, y: number) => number): GrayPatch => {
  const data = new Uint8Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) data[y * SIDE + x] = Math.round(Math.max(0, Math.min(255, shade(x, y))))
  return { width: SIDE, height: SIDE, data }
}

/** How dark a stroke along `curve` is at x, y: 0..1, soft over `width` px. */
const stroke = (x: number, y: number, curve: (x: number) => number, width: number): number => Math.exp(-(((y - curve(x)) / width) ** 2))

const skin = (x: number, y: number): number =>
  140 + 12 * Math.cos((x - 32) / 20) - 25 * stroke(x, y, (at) => 10 + ((at - 32) / 26) ** 2 * 5, 4)

/** An open eye: white almond, dark iris with a glint, upper lid's lashes. `gaze` px the iris looks aside. */
export const openEye = (gaze = 0): GrayPatch =>
  patch((x, y) => {
    const across = (x - 32) / 22
    const upper = 34 - 11 * (1 - across ** 2)
    const lower = 34 + 8 * (1 - across ** 2)
    const lashes = Math.abs(across) < 1.05 ? 80 * stroke(x, y, () => upper, 2) : 0
    if (Math.abs(across) >= 1 || y < upper || y > lower) return skin(x, y) - lashes
    const distance = Math.hypot(x - 32 - gaze, y - 33)
    if (Math.hypot(x - 34 - gaze, y - 31) < 1.5) return 250
    if (distance < 4) return 15
    if (distance < 9) return 60
    return 195 - lashes
  })

/** A closed eye: skin, and one dark line of lashes that hangs through. `droop` px by which it hangs. */
export const closedEye = (droop = 5): GrayPatch =>
  patch((x, y) => {
    const across = (x - 32) / 22
    const line = 37 + droop * (1 - across ** 2)
    const lashes = Math.abs(across) < 1.05 ? 90 * stroke(x, y, () => line, 1.8) : 0
    return skin(x, y) - lashes - 18 * stroke(x, y, () => 22 - 4 * (1 - across ** 2), 2)
  })

/** Nothing at all, and stripes: what a lost track may cut. */
export const flat = (level: number): GrayPatch => patch(() => level)
export const stripes = (): GrayPatch => patch((x, y) => 127 + 100 * Math.sin((x + 2 * y) / 3))

/** A fixed set: the golden samples, and for comparing runtimes. A change of it needs `npm run golden`. */
export const drawnPatches = (): GrayPatch[] => [
  openEye(),
  openEye(-5),
  openEye(6),
  closedEye(),
  closedEye(2),
  closedEye(8),
  flat(90),
  stripes(),
]
