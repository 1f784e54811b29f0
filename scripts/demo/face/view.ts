/** Where the camera stands and how the head is turned before it. */

/** Degrees in the camera's frame: positive to the driver's left (right in the picture), up, and clockwise in the picture. */
export type Pose = { yawDegrees: number; pitchDegrees: number; rollDegrees: number }

/** Camera to the head's origin, cm: a camera on the steering column or the dashboard. */
export const CAMERA_DISTANCE_CM = 66
/** Focal length by the picture's width: about 45° across, as an infrared cabin camera sees. */
const FOCAL_BY_WIDTH = 1.2
/** The optical axis meets the head's origin at this share of the picture's height. */
const ORIGIN_BY_HEIGHT = 0.46
/** The head turns about the top of the neck, cm in head coordinates. */
const PIVOT = { y: -8, z: -3 }

/** A pinhole: `across` and `down` are px of the optical axis, `focal` px. */
export type Pinhole = { focal: number; across: number; down: number }

/** The pinhole of a picture of this size, px. */
export const pinhole = (width: number, height: number): Pinhole => ({
  focal: width * FOCAL_BY_WIDTH,
  across: width / 2,
  down: height * ORIGIN_BY_HEIGHT,
})

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** A rotation, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]

/** The head's rotation: first yaw, then pitch, then roll. */
export const rotation = (pose: Pose): Rotation => {
  const [cy, sy] = [Math.cos(radians(pose.yawDegrees)), Math.sin(radians(pose.yawDegrees))]
  const [cp, sp] = [Math.cos(radians(pose.pitchDegrees)), Math.sin(radians(pose.pitchDegrees))]
  const [cr, sr] = [Math.cos(radians(pose.rollDegrees)), Math.sin(radians(pose.rollDegrees))]
  return [
    cr * cy - sr * sy * sp,
    sr * cp,
    cr * sy + sr * cy * sp,
    -cr * sy * sp - sr * cy,
    cr * cp,
    cr * cy * sp - sr * sy,
    -sy * cp,
    -sp,
    cy * cp,
  ]
}

type Point = { x: number; y: number; z: number }

/** Moves a point of the head to where the turned head has it: same origin and axes, the camera at z = CAMERA_DISTANCE_CM. */
export const turnPoint = (point: Point, [a, b, c, d, e, f, g, h, i]: Rotation): void => {
  const x = point.x
  const y = point.y - PIVOT.y
  const z = point.z - PIVOT.z
  point.x = a * x + b * y + c * z
  point.y = d * x + e * y + f * z + PIVOT.y
  point.z = g * x + h * y + i * z + PIVOT.z
}
