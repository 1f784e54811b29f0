/**
 * Signed distances (negative inside) of the solids that the driver is modelled from. All lengths are centimetres.
 * Written without arrays and Math.hypot, which are several times slower: these run a hundred million times.
 */

/** Distance to a sphere; the point is given from its centre. */
export const sphere = (x: number, y: number, z: number, radius: number): number => Math.sqrt(x * x + y * y + z * z) - radius

/** Approximate distance to an ellipsoid (Quílez's bound); the point is given from its centre. */
export const ellipsoid = (x: number, y: number, z: number, rx: number, ry: number, rz: number): number => {
  const ax = x / rx
  const ay = y / ry
  const az = z / rz
  const bx = ax / rx
  const by = ay / ry
  const bz = az / rz
  const inner = Math.sqrt(ax * ax + ay * ay + az * az)
  const slope = Math.sqrt(bx * bx + by * by + bz * bz)
  return slope === 0 ? -Math.min(rx, ry, rz) : (inner * (inner - 1)) / slope
}

type Ends = readonly [ax: number, ay: number, az: number, bx: number, by: number, bz: number]

/** Distance to a capsule between two points, thick by `radius`. */
export const capsule = (x: number, y: number, z: number, [ax, ay, az, bx, by, bz]: Ends, radius: number): number => {
  const px = x - ax
  const py = y - ay
  const pz = z - az
  const dx = bx - ax
  const dy = by - ay
  const dz = bz - az
  const t = Math.min(1, Math.max(0, (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz)))
  return sphere(px - dx * t, py - dy * t, pz - dz * t, radius)
}

/** Distance to a box with rounded edges; the point is given from its centre, the half sides include the rounding. */
export const roundedBox = (x: number, y: number, z: number, hx: number, hy: number, hz: number, rounding: number): number => {
  const qx = Math.abs(x) - hx + rounding
  const qy = Math.abs(y) - hy + rounding
  const qz = Math.abs(z) - hz + rounding
  return sphere(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0), 0) + Math.min(Math.max(qx, qy, qz), 0) - rounding
}

/** Union of two solids, melted together over `blend` cm. */
export const melt = (a: number, b: number, blend: number): number => {
  const overlap = Math.max(blend - Math.abs(a - b), 0) / blend
  return Math.min(a, b) - overlap * overlap * blend * 0.25
}

/** The first solid with the second pressed out of it, the edge rounded over `blend` cm. */
export const carve = (from: number, tool: number, blend: number): number => -melt(-from, tool, blend)
