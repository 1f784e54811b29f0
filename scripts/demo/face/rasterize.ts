/** Finds, for every pixel, the point of the head's surface that it shows. */
import type { Mesh } from './head-mesh.js'
import { CAMERA_DISTANCE_CM, type Pinhole, type Pose, rotation, turnPoint } from './view.js'

/**
 * One entry a pixel: `triangle` is the triangle seen there, by its first index in `mesh.triangles`, or -1;
 * `second` and `third` are the weights of its second and third corner.
 */
export type Visible = { triangle: Int32Array; second: Float32Array; third: Float32Array }

/** Column, row (px) and height towards the camera (cm) of every vertex. */
const projected = (mesh: Mesh, pose: Pose, camera: Pinhole): Float32Array => {
  const turn = rotation(pose)
  const screen = new Float32Array(mesh.positions.length)
  const point = { x: 0, y: 0, z: 0 }
  for (let at = 0; at < screen.length; at += 3) {
    point.x = mesh.positions[at] ?? 0
    point.y = mesh.positions[at + 1] ?? 0
    point.z = mesh.positions[at + 2] ?? 0
    turnPoint(point, turn)
    const scale = camera.focal / (CAMERA_DISTANCE_CM - point.z)
    screen[at] = camera.across + point.x * scale
    screen[at + 1] = camera.down - point.y * scale
    screen[at + 2] = point.z
  }
  return screen
}

/** Rasterizes the mesh with a depth buffer into a picture of `width` × `height` px. */
export const rasterize = (mesh: Mesh, pose: Pose, camera: Pinhole, width: number, height: number): Visible => {
  const pixels = width * height
  const visible = { triangle: new Int32Array(pixels).fill(-1), second: new Float32Array(pixels), third: new Float32Array(pixels) }
  const depth = new Float32Array(pixels).fill(Number.NEGATIVE_INFINITY)
  const screen = projected(mesh, pose, camera)
  const { triangles } = mesh
  for (let index = 0; index < triangles.length; index += 3) {
    const a = (triangles[index] ?? 0) * 3
    const b = (triangles[index + 1] ?? 0) * 3
    const c = (triangles[index + 2] ?? 0) * 3
    const ax = screen[a] ?? 0
    const ay = screen[a + 1] ?? 0
    const bx = (screen[b] ?? 0) - ax
    const by = (screen[b + 1] ?? 0) - ay
    const cx = (screen[c] ?? 0) - ax
    const cy = (screen[c + 1] ?? 0) - ay
    // Counter-clockwise from outside has a negative area here, with y downwards: the rest are back sides.
    const area = bx * cy - by * cx
    if (area >= -1e-9) continue
    const az = screen[a + 2] ?? 0
    const bz = (screen[b + 2] ?? 0) - az
    const cz = (screen[c + 2] ?? 0) - az
    const right = Math.min(width - 1, Math.floor(ax + Math.max(0, bx, cx)))
    const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, by, cy)))
    for (let row = Math.max(0, Math.ceil(ay + Math.min(0, by, cy))); row <= bottom; row++) {
      for (let column = Math.max(0, Math.ceil(ax + Math.min(0, bx, cx))); column <= right; column++) {
        const second = ((column - ax) * cy - (row - ay) * cx) / area
        const third = (bx * (row - ay) - by * (column - ax)) / area
        if (second < -1e-4 || third < -1e-4 || second + third > 1.0001) continue
        const z = az + second * bz + third * cz
        const pixel = row * width + column
        if (z <= (depth[pixel] ?? 0)) continue
        depth[pixel] = z
        visible.triangle[pixel] = index
        visible.second[pixel] = second
        visible.third[pixel] = third
      }
    }
  }
  return visible
}
