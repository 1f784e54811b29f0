/** The head's surface as triangles, made once: the renderer then only turns and projects them. */
import { headDistance } from './head-shape.js'

/**
 * `positions` and `normals`: x, y, z a vertex, head coordinates (see head-shape); `openness`: 0..1 a vertex, how much of
 * the surroundings' light reaches it; `triangles`: three vertex indices each, counter-clockwise seen from outside.
 */
export type Mesh = { positions: Float32Array; normals: Float32Array; openness: Float32Array; triangles: Uint32Array }

/** The head is star-shaped seen from here: every ray outwards leaves it once (as good as). */
const CENTRE = { x: 0, y: -1, z: 0 }
const START_RADIUS_CM = 17
const COLUMNS = 260
const ROWS = 220

/** Azimuths are dense over the face and sparse at the back: -π..π for 0..1. */
const azimuth = (share: number): number => {
  const t = share * 2 - 1
  return Math.PI * (0.5 * t + 0.5 * t * t * t)
}

const surfaceRadius = (dx: number, dy: number, dz: number): number => {
  let radius = START_RADIUS_CM
  for (let step = 0; step < 60; step++) {
    const distance = headDistance(CENTRE.x + dx * radius, CENTRE.y + dy * radius, CENTRE.z + dz * radius)
    if (distance < 0.004) break
    radius -= distance * 0.85
  }
  return Math.max(radius, 0.5)
}

const normalAt = (x: number, y: number, z: number): [number, number, number] => {
  const step = 0.04
  const gx = headDistance(x + step, y, z) - headDistance(x - step, y, z)
  const gy = headDistance(x, y + step, z) - headDistance(x, y - step, z)
  const gz = headDistance(x, y, z + step) - headDistance(x, y, z - step)
  const length = Math.hypot(gx, gy, gz) || 1
  return [gx / length, gy / length, gz / length]
}

/** How free the view from the surface is: the distance field sampled along the normal (Evans 2006). */
const opennessAt = (x: number, y: number, z: number, [nx, ny, nz]: readonly [number, number, number]): number => {
  let hidden = 0
  for (const reach of [0.25, 0.6, 1.2, 2.2]) {
    hidden += Math.max(0, reach - headDistance(x + nx * reach, y + ny * reach, z + nz * reach)) / (reach * 4)
  }
  return Math.max(0, 1 - 1.5 * hidden)
}

const joinGrid = (): Uint32Array => {
  const triangles = new Uint32Array((COLUMNS - 1) * (ROWS - 1) * 6)
  let at = 0
  for (let row = 0; row + 1 < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const corner = row * COLUMNS + column
      triangles.set([corner, corner + 1, corner + COLUMNS + 1, corner, corner + COLUMNS + 1, corner + COLUMNS], at)
      at += 6
    }
  }
  return triangles
}

/** Measures the head's surface along a grid of rays; about a second of work. */
export const buildHeadMesh = (): Mesh => {
  const count = COLUMNS * ROWS
  const mesh = {
    positions: new Float32Array(count * 3),
    normals: new Float32Array(count * 3),
    openness: new Float32Array(count),
    triangles: joinGrid(),
  }
  for (let row = 0; row < ROWS; row++) {
    const elevation = -Math.PI / 2 + (Math.PI * row) / (ROWS - 1)
    for (let column = 0; column < COLUMNS; column++) {
      const turn = azimuth(column / (COLUMNS - 1))
      const [dx, dy, dz] = [Math.sin(turn) * Math.cos(elevation), Math.sin(elevation), Math.cos(turn) * Math.cos(elevation)]
      const radius = surfaceRadius(dx, dy, dz)
      const [x, y, z] = [CENTRE.x + dx * radius, CENTRE.y + dy * radius, CENTRE.z + dz * radius]
      const normal = normalAt(x, y, z)
      const vertex = row * COLUMNS + column
      mesh.positions.set([x, y, z], vertex * 3)
      mesh.normals.set(normal, vertex * 3)
      mesh.openness[vertex] = opennessAt(x, y, z, normal)
    }
  }
  return mesh
}
