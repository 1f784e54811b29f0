/**
 * What a technician should do to the camera, from what was seen in the last moments. Pure.
 * Left and right are the driver's own, as everywhere: who stands before the lorry sees them the other way round.
 */
import { BLINK_FPS, BRIGHT, DARK, EYE_PER_PATCH, LEAST_EYE_PX, MOST_OFF_DEGREES } from '../mounting.js'
import { isSeen, type Observation, type Reason } from '../observation.js'
import type { Advice, Direction } from './messages.js'

// Source: Dodgson 2004, adults' pupils are 63 mm apart on average; a patch is 0.8 of that wide (locate/squares.ts).
const PATCH_CM = 6.3 * 0.8
// Own: what most cameras for this purpose have; only for a distance that is said as "about".
const LENS_DEGREES = 60
// Own: of the picture's width and height, from its middle. A driver leans by 30 cm, and should stay in the picture.
const OFF_MIDDLE_SHARE = 0.22
// Own: a head that fills more of the picture's height is cut off when it moves.
const TOO_NEAR_SHARE = 0.75
// Own: a tenth beyond what is enough, so that the advice does not come back with the next nod.
const ENOUGH_PX = LEAST_EYE_PX * 1.1
// Own: moved so far that the axis has some room to the limit.
const AIMED_DEGREES = 20
// Own: hands do not move a bracket more precisely.
const STEP_CM = 5

export type Watched = {
  /** What was seen in the last two seconds or so, the newest last. */
  observations: readonly Observation[]
  /** Size of the frames, px; null while it is not known. */
  size: { widthPx: number; heightPx: number } | null
  /** The configuration's `locate.driverSide`. */
  driverSide: 'auto' | 'left' | 'right'
  /** Frames a second; null while that is not known. */
  fps: number | null
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const inSteps = (cm: number): number => Math.max(STEP_CM, Math.round(cm / STEP_CM) * STEP_CM)
const tan = (degrees: number): number => Math.tan((degrees * Math.PI) / 180)

/** The reason that most unseen eyes have; null where most eyes are seen. */
function commonReason(observations: readonly Observation[]): Reason | null {
  const counts = new Map<Reason, number>()
  for (const { unseen } of observations) {
    for (const reason of [unseen.left, unseen.right]) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a)
  return first !== undefined && first[1] > observations.length / 2 ? first[0] : null
}

type Face = { yaw: number; pitch: number; x: number; y: number; height: number }

/** Where the face was and where it looked, as a median; null where there mostly was none. */
function faceOf(observations: readonly Observation[]): Face | null {
  const faces = observations.flatMap(({ face }) => (face === null ? [] : [face]))
  if (faces.length === 0 || faces.length < observations.length / 2) return null
  return {
    yaw: median(faces.map(({ yaw }) => yaw)),
    pitch: median(faces.map(({ pitch }) => pitch)),
    x: median(faces.map(({ box: [x, , width] }) => x + width / 2)),
    y: median(faces.map(({ box: [, y, , height] }) => y + height / 2)),
    height: median(faces.map(({ box: [, , , height] }) => height)),
  }
}

/** Width of both eyes' patches, px; NaN where none was seen. */
const patchPxOf = (observations: readonly Observation[]): number =>
  median(observations.flatMap(({ left, right }) => [left, right].filter(isSeen).map(({ size }) => size)))

function distanceAdvice(patchPx: number, face: Face, heightPx: number): Advice[] {
  const eyePx = patchPx * EYE_PER_PATCH
  if (eyePx < LEAST_EYE_PX) return [{ is: 'too-far', eyePx: Math.round(eyePx), nearerPercent: Math.ceil((1 - eyePx / ENOUGH_PX) * 20) * 5 }]
  return face.height > TOO_NEAR_SHARE * heightPx ? [{ is: 'too-near' }] : []
}

/** A head that looks ahead points to where the camera should be. */
function axisAdvice(face: Face, cmPerPx: number, widthPx: number): Advice[] {
  const degrees = Math.hypot(face.yaw, face.pitch)
  if (degrees <= MOST_OFF_DEGREES) return []
  const isAside = Math.abs(face.yaw) >= Math.abs(face.pitch)
  const to: Direction = isAside ? (face.yaw > 0 ? 'left' : 'right') : face.pitch > 0 ? 'up' : 'down'
  const distanceCm = (widthPx * cmPerPx) / (2 * tan(LENS_DEGREES / 2))
  const cm = distanceCm * (tan(Math.min(70, isAside ? Math.abs(face.yaw) : Math.abs(face.pitch))) - tan(AIMED_DEGREES))
  return [{ is: 'off-axis', degrees: Math.round(degrees), cm: inSteps(cm), to }]
}

function middleAdvice(face: Face, cmPerPx: number, { widthPx, heightPx }: { widthPx: number; heightPx: number }): Advice[] {
  const aside = face.x - widthPx / 2
  const below = face.y - heightPx / 2
  // What the camera has on its right is on the left of the driver who looks at it.
  if (Math.abs(aside) > OFF_MIDDLE_SHARE * widthPx)
    return [{ is: 'off-middle', cm: inSteps(Math.abs(aside) * cmPerPx), to: aside > 0 ? 'left' : 'right' }]
  if (Math.abs(below) > OFF_MIDDLE_SHARE * heightPx)
    return [{ is: 'off-middle', cm: inSteps(Math.abs(below) * cmPerPx), to: below > 0 ? 'down' : 'up' }]
  return []
}

function lightAdvice(observations: readonly Observation[]): Advice[] {
  const brightness = median(observations.map(({ scene }) => scene.brightness))
  if (brightness < DARK) return [{ is: 'too-dark' }]
  return brightness > BRIGHT ? [{ is: 'too-bright' }] : []
}

/** Of an eye that is not seen, what is not said by light, distance or axis. */
const eyeAdvice = (reason: Reason | null): Advice[] =>
  reason === 'blurred' || reason === 'covered' || reason === 'dark-glasses' || reason === 'turned-away' ? [{ is: reason }] : []

/** Everything that should be done, the most pressing first; `good` alone where nothing should. */
export function advise({ observations, size, driverSide, fps }: Watched): Advice[] {
  const reason = commonReason(observations)
  if (observations.length === 0 || reason === 'no-camera') return [{ is: 'no-camera' }]
  const light = lightAdvice(observations)
  const face = faceOf(observations)
  if (face === null) {
    const lens: Advice[] = reason === 'covered' ? [{ is: 'covered' }] : []
    return [...light, ...lens, { is: 'no-face', side: driverSide }]
  }
  const patchPx = patchPxOf(observations)
  const placed = (): Advice[] => {
    if (size === null || Number.isNaN(patchPx)) return []
    const cmPerPx = PATCH_CM / patchPx
    const axis = axisAdvice(face, cmPerPx, size.widthPx)
    // One way to go at a time: who moves the camera before the driver's face turns it too.
    return [...distanceAdvice(patchPx, face, size.heightPx), ...(axis.length > 0 ? axis : middleAdvice(face, cmPerPx, size))]
  }
  const frames: Advice[] = fps !== null && Math.round(fps) < BLINK_FPS ? [{ is: 'few-frames', fps: Math.round(fps) }] : []
  const all = [...light, ...eyeAdvice(reason), ...placed(), ...frames]
  const side: Advice[] = driverSide === 'auto' ? [{ is: 'side-unset' }] : []
  return all.length === 0 ? [{ is: 'good' }, ...side] : [...all, ...side]
}
