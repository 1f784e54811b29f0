/** Light in the cabin: infrared lamps near the camera, and a little daylight from the driver's window. */
import type { Surface } from './surface.js'
import { CAMERA_DISTANCE_CM } from './view.js'

/** Where the lamps are, seen from the lens: x to the driver's left, y up, z towards the driver; cm. */
export type Lamp = readonly [x: number, y: number, z: number]

/** Beside and above the lens: enough modelling for a nose to be seen, little enough shadow. */
export const DASHBOARD_LAMP: Lamp = [-22, 16, 0]

const AMBIENT = 0.2
const WINDOW = 0.16
/** Skin lets light through: the terminator is soft (wrapped Lambert). */
const WRAP = 0.25

/** Radiance of a surface towards the lens, 0..about 1.2; its position and normal in the camera's frame (see view). */
export const radiance = (s: Surface, lamp: Lamp): number => {
  const inverse = 1 / (Math.sqrt(s.nx * s.nx + s.ny * s.ny + s.nz * s.nz) || 1)
  const nx = s.nx * inverse
  const ny = s.ny * inverse
  const nz = s.nz * inverse
  let lx = lamp[0] - s.x
  let ly = lamp[1] - s.y
  let lz = CAMERA_DISTANCE_CM - lamp[2] - s.z
  const toLamp = Math.sqrt(lx * lx + ly * ly + lz * lz)
  lx /= toLamp
  ly /= toLamp
  lz /= toLamp
  const falloff = (CAMERA_DISTANCE_CM / toLamp) * (CAMERA_DISTANCE_CM / toLamp)
  const diffuse = (Math.max(0, nx * lx + ny * ly + nz * lz + WRAP) / (1 + WRAP)) * falloff * (0.35 + 0.65 * s.openness)
  const window = Math.max(0, nx * 0.93 + ny * 0.3 - nz * 0.2)
  // Blinn's half vector between lamp and lens.
  const vz = CAMERA_DISTANCE_CM - s.z
  const toLens = Math.sqrt(s.x * s.x + s.y * s.y + vz * vz)
  const hx = lx - s.x / toLens
  const hy = ly - s.y / toLens
  const hz = lz + vz / toLens
  const half = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz)
  // Blinn's exponent of 24, multiplied out.
  const half2 = half * half
  const half8 = half2 * half2 * half2 * half2
  const shine = half > 0 ? half8 * half8 * half8 * s.gloss * falloff : 0
  return s.albedo * (0.86 * diffuse + (AMBIENT + WINDOW * window) * s.openness) + 0.7 * shine * s.openness + s.glint
}
