/** Plane geometry of the frame: x to the right, y down, angles in degrees, clockwise as the camera sees it. */
import type { Point } from './types.js'

export const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1])

/** Angle of the way from a to b against the x axis, -180..180. */
export const angleDegrees = (a: Point, b: Point): number => (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI

/** Signed difference between two angles, -180..180. */
export const turn = (from: number, to: number): number => ((((to - from + 180) % 360) + 360) % 360) - 180

/** `point` moved by (along, across) in a frame that is turned by `roll`. */
export const moved = (point: Point, along: number, across: number, roll: number): Point => {
  const cos = Math.cos((roll * Math.PI) / 180)
  const sin = Math.sin((roll * Math.PI) / 180)
  return [point[0] + along * cos - across * sin, point[1] + along * sin + across * cos]
}
