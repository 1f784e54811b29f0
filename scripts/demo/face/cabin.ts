/** What is behind and below the head: neck, shirt, belt, seat and the dark of the car. Drawn once for a picture's size. */
import { type Lamp, radiance } from './light.js'
import { smoothstep, valueNoise } from './noise.js'
import { capsule, ellipsoid, melt, roundedBox, sphere } from './solids.js'
import { blankSurface, type Surface } from './surface.js'
import { CAMERA_DISTANCE_CM, pinhole } from './view.js'

/** Half the size is enough: the lens is focused on the face, and an eighth of the work. */
const SHRINK = 2
const FARTHEST_CM = 32

const neck = (x: number, y: number, z: number): number => {
  const throat = capsule(x, y, z, [0, -5, -3, 0, -17, -4.8], 4.9)
  const muscles = capsule(Math.abs(x), y, z, [5, -6, -3, 1.5, -18, -1.5], 1.1)
  return melt(throat, muscles, 1.5)
}

const shirt = (x: number, y: number, z: number): number => {
  const ax = Math.abs(x)
  let torso = ellipsoid(ax, y + 35, z + 5, 19.5, 17, 11)
  torso = melt(torso, capsule(ax, y, z, [4, -16.5, -5.5, 16, -22.5, -5.5], 3.4), 3)
  torso = melt(torso, capsule(ax, y, z, [16.5, -24.5, -5.5, 20, -38, -2], 4.8), 2)
  torso = melt(torso, ellipsoid(ax, y + 23.5, z + 3.5, 11, 6.5, 5.8), 3)
  // A crew neck's rib: a ring that lies lower in front.
  const ring = sphere(sphere(x, 0, z + 4.3, 5.6), y + 15.4 + (z + 4.3) * 0.33, 0, 0.75)
  return melt(torso, ring, 0.5)
}

const seat = (x: number, y: number, z: number): number => {
  const head = roundedBox(x, y - 2.5, z + 17, 12.5, 9, 4, 3.5)
  const posts = capsule(Math.abs(x), y, z, [5, -6, -18, 5, -14, -18], 0.7)
  const back = roundedBox(x, y + 36, z + 19, 25, 23.5, 6, 5)
  const bolsters = capsule(Math.abs(x), y, z, [23, -18, -16, 25, -45, -14], 4)
  return Math.min(head, posts, melt(back, bolsters, 3))
}

const cabinDistance = (x: number, y: number, z: number): number => Math.min(neck(x, y, z), shirt(x, y, z), seat(x, y, z))

const beltShare = (x: number, y: number): number => {
  const across = (x - 11.5) * 0.84 - (y + 19) * 0.5
  return smoothstep(2.7, 2.4, Math.abs(across))
}

const albedoAt = (x: number, y: number, z: number): number => {
  const [skin, cloth] = [neck(x, y, z), shirt(x, y, z)]
  if (skin < 0.15 && skin < cloth) return 0.62
  const weave = valueNoise(x * 1.5, y * 1.5, z * 1.5) * 0.03
  if (cloth < 0.15) {
    const belt = beltShare(x, y)
    return (0.42 + weave) * (1 - belt) + 0.2 * belt
  }
  return 0.24 + weave
}

/** The head, at rest, takes light away from neck, collar and seat. */
const opennessAt = (x: number, y: number, z: number, [nx, ny, nz]: readonly [number, number, number]): number => {
  let hidden = 0
  for (const reach of [1, 2.5, 5]) {
    const [px, py, pz] = [x + nx * reach, y + ny * reach, z + nz * reach]
    const nearest = Math.min(cabinDistance(px, py, pz), ellipsoid(px, py + 1, pz + 0.5, 8, 11.5, 9.5))
    hidden += Math.max(0, reach - nearest) / (reach * 3)
  }
  return Math.max(0, 1 - 1.6 * hidden)
}

const normalAt = (x: number, y: number, z: number): [number, number, number] => [
  cabinDistance(x + 0.1, y, z) - cabinDistance(x - 0.1, y, z),
  cabinDistance(x, y + 0.1, z) - cabinDistance(x, y - 0.1, z),
  cabinDistance(x, y, z + 0.1) - cabinDistance(x, y, z - 0.1),
]

/** The rear of the car: almost black, a rear side window on the one hand, the driver's own on the other. */
const behind = (across: number, down: number): number => {
  const own = smoothstep(0.8, 0.92, across - 0.12 * down) * smoothstep(0.68, 0.5, down) * 0.26
  const rear = smoothstep(0.2, 0.13, across + 0.1 * down) * smoothstep(0.08, 0.2, down) * smoothstep(0.44, 0.34, down) * 0.1
  return 0.035 + own + rear
}

const march = (dx: number, dy: number, dz: number): number => {
  let along = CAMERA_DISTANCE_CM - 25
  for (let step = 0; step < 70 && along < CAMERA_DISTANCE_CM + FARTHEST_CM; step++) {
    const distance = cabinDistance(dx * along, dy * along, CAMERA_DISTANCE_CM + dz * along)
    if (distance < 0.03) return along
    along += distance * 0.85
  }
  return Number.POSITIVE_INFINITY
}

const shade = (surface: Surface, lamp: Lamp): number => {
  const { x, y, z } = surface
  const gradient = normalAt(x, y, z)
  const length = Math.hypot(...gradient) || 1
  const normal = [gradient[0] / length, gradient[1] / length, gradient[2] / length] as const
  ;[surface.nx, surface.ny, surface.nz] = normal
  surface.albedo = albedoAt(x, y, z)
  surface.openness = opennessAt(x, y, z, normal)
  return radiance(surface, lamp)
}

const enlarge = (small: Float32Array, columns: number, width: number, height: number): Float32Array => {
  const full = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [column / SHRINK, row / SHRINK]
      const at = Math.floor(y) * columns + Math.floor(x)
      const [fx, fy] = [x % 1, y % 1]
      const upper = (small[at] ?? 0) * (1 - fx) + (small[at + 1] ?? 0) * fx
      const lower = (small[at + columns] ?? 0) * (1 - fx) + (small[at + columns + 1] ?? 0) * fx
      full[row * width + column] = upper * (1 - fy) + lower * fy
    }
  }
  return full
}

/** Radiance of the cabin without a head, one number a pixel of a `width` × `height` picture; about half a second of work. */
export const drawCabin = (width: number, height: number, lamp: Lamp): Float32Array => {
  const camera = pinhole(width, height)
  const [columns, rows] = [Math.ceil(width / SHRINK) + 1, Math.ceil(height / SHRINK) + 1]
  const small = new Float32Array(columns * rows)
  const surface = { ...blankSurface(), gloss: 0.02 }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [(column * SHRINK - camera.across) / camera.focal, (camera.down - row * SHRINK) / camera.focal]
      const length = Math.hypot(x, y, 1)
      const along = march(x / length, y / length, -1 / length)
      surface.x = (x / length) * along
      surface.y = (y / length) * along
      surface.z = CAMERA_DISTANCE_CM - along / length
      small[row * columns + column] = Number.isFinite(along)
        ? shade(surface, lamp)
        : behind((column * SHRINK) / width, (row * SHRINK) / height)
    }
  }
  return enlarge(small, columns, width, height)
}
