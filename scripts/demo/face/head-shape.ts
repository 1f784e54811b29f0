/**
 * The driver's head as one solid. Centimetres, origin between the eyes' centres and 7 cm behind the bridge of the nose:
 * x to the driver's left (right in the picture), y up, z towards the camera.
 * Proportions are those of an adult male (eyes 6.3 cm apart, head 23 cm high and 15.5 cm wide).
 */
import { capsule, carve, ellipsoid, melt, sphere } from './solids.js'

/** The eyeballs: centre (mirrored in x) and radius, cm. */
export const EYEBALL = { x: 3.15, y: 0, z: 5.85, radius: 1.25 }

/** Below zero where hair grows: a slanted plane from the forehead to the nape, receding at the temples, with sideburns. */
export const hairline = (x: number, y: number, z: number): number => {
  const ax = Math.abs(x)
  const sideburns = Math.max(0, ax - 5)
  const temples = Math.max(0, 1 - ((ax - 4.2) / 1.9) ** 2)
  return (z - 0.95 * y + 0.75 + 1.1 * temples - 0.75 * sideburns) * 0.72
}

const skull = (ax: number, y: number, z: number): number => {
  let head = ellipsoid(ax, y - 3.2, z + 1.3, 7.6, 8.4, 9.3)
  head = melt(head, ellipsoid(ax, y + 3.2, z - 1.6, 6.4, 8.4, 6.4), 2.5)
  head = melt(head, capsule(ax, y, z, [5.2, -5.6, 1.0, 2.4, -9.6, 5.0], 1.8), 2)
  head = melt(head, ellipsoid(ax, y + 10.0, z - 6.0, 2.1, 1.5, 1.6), 1.6)
  head = melt(head, sphere(ax - 4.2, y + 2.7, z - 4.4, 2.2), 1.8)
  head = melt(head, ellipsoid(ax - 3.9, y + 5.2, z - 3.0, 2.2, 3.2, 2.6), 1.8)
  return melt(head, capsule(ax, y, z, [0, 1.75, 7.35, 4.6, 1.95, 5.3], 0.95), 1.2)
}

const eyes = (head: number, ax: number, y: number, z: number): number => {
  const socket = carve(head, sphere(ax - 3.1, y - 0.1, z - 8.5, 1.85), 1.1)
  return melt(socket, sphere(ax - EYEBALL.x, y - EYEBALL.y, z - EYEBALL.z, EYEBALL.radius + 0.12), 0.5)
}

const nose = (head: number, ax: number, y: number, z: number): number => {
  let shape = melt(head, capsule(ax, y, z, [0, 1.4, 7.35, 0, -3.6, 9.15], 0.6), 1.1)
  shape = melt(shape, ellipsoid(ax, y + 4.1, z - 9.25, 1.1, 1.0, 1.15), 1.0)
  shape = melt(shape, ellipsoid(ax - 1.3, y + 4.4, z - 8.25, 0.75, 0.75, 1.0), 0.7)
  return carve(shape, ellipsoid(ax - 0.7, y + 5.2, z - 9.0, 0.4, 0.4, 0.6), 0.25)
}

const mouth = (head: number, ax: number, y: number, z: number): number => {
  let shape = melt(head, ellipsoid(ax, y + 7.0, z - 6.0, 2.9, 2.3, 2.3), 1.4)
  shape = melt(shape, capsule(ax, y, z, [0, -6.75, 7.95, 1.9, -7.1, 7.2], 0.45), 0.4)
  shape = melt(shape, capsule(ax, y, z, [0, -7.75, 7.85, 1.5, -7.45, 7.25], 0.6), 0.4)
  shape = carve(shape, capsule(ax, y, z, [0, -7.2, 8.75, 2.1, -7.2, 7.9], 0.2), 0.3)
  return carve(shape, sphere(ax, y + 8.9, z - 8.6, 0.7), 0.9)
}

const ears = (head: number, ax: number, y: number, z: number): number => {
  // The shell stands out from the head by about 25°, and leans back a little.
  const [px, pz] = [ax - 7.9, z + 0.4 + (y + 1.3) * 0.2]
  const [out, along] = [px * 0.91 + pz * 0.42, pz * 0.91 - px * 0.42]
  const shell = carve(ellipsoid(out, y + 1.3, along, 0.55, 3.1, 1.75), ellipsoid(out - 0.55, y + 1.5, along - 0.2, 0.5, 2.1, 1.0), 0.4)
  return melt(head, shell, 0.5)
}

/** True on the shells of the ears, where no hair grows. */
export const isEar = (x: number, y: number, z: number): boolean =>
  Math.abs(x) > 7 && ((y + 1.3) / 3.4) ** 2 + ((z + 0.4 + (y + 1.3) * 0.2) / 2.3) ** 2 < 1

/** Signed distance of a point to the head's surface, cm. */
export const headDistance = (x: number, y: number, z: number): number => {
  const ax = Math.abs(x)
  const bare = ears(mouth(nose(eyes(skull(ax, y, z), ax, y, z), ax, y, z), ax, y, z), ax, y, z)
  const hair = ellipsoid(ax, y - 3.7, z + 1.7, 8.3, 9.0, 9.8)
  return melt(bare, carve(hair, -hairline(x, y, z), 1.2), 0.3)
}
