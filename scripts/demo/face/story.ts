/** What the driver of the demonstration does: awake, a glance to the mirror, asleep for 4.5 s, awake again. */
import { smoothstep } from './noise.js'
import type { Driver } from './painter.js'

/** Something that happens in the recording; seconds from its start. A closure counts from lids half down to lids half up. */
export type Mark = { startSeconds: number; endSeconds: number; label: 'blink' | 'glance' | 'closed' }

export const DURATION_SECONDS = 16.5

/** In the order of time. The blinks last 0.2 s, as awake people's do; the closure passes microsleep (1 s) and sleep (3 s). */
export const marks: readonly Mark[] = [
  { startSeconds: 1.2, endSeconds: 1.4, label: 'blink' },
  { startSeconds: 3.4, endSeconds: 3.6, label: 'blink' },
  { startSeconds: 4.4, endSeconds: 6, label: 'glance' },
  { startSeconds: 7.5, endSeconds: 12, label: 'closed' },
  { startSeconds: 14.4, endSeconds: 14.6, label: 'blink' },
]

// The inner mirror of a car driven on the right hangs to the driver's right; the eyes go first and farther.
const GLANCE_YAW_DEGREES = -24
const GLANCE_GAZE_DEGREES = -10
const SUNK_PITCH_DEGREES = -12
/** Half of the time that the lids take to fall or rise. */
const LID_HALF_SECONDS = 0.06
/** Poses are held to this grid: a third of a pixel, and the painter need not turn the head for every frame. */
const POSE_STEP_DEGREES = 0.25

/** 0 outside the span, 1 inside, half at its ends; `halfSeconds` is half the length of each slope. */
const within = (seconds: number, from: number, to: number, halfSeconds: number): number =>
  smoothstep(from - halfSeconds, from + halfSeconds, seconds) * smoothstep(to + halfSeconds, to - halfSeconds, seconds)

const share = (seconds: number, labels: readonly Mark['label'][], halfSeconds: number): number =>
  Math.max(
    ...marks.filter(({ label }) => labels.includes(label)).map((mark) => within(seconds, mark.startSeconds, mark.endSeconds, halfSeconds)),
  )

const held = (degrees: number): number => Math.round(degrees / POSE_STEP_DEGREES) * POSE_STEP_DEGREES

/** The driver at a moment of the story. */
export const driverAt = (seconds: number): Omit<Driver, 'seed'> => {
  const closed = share(seconds, ['blink', 'closed'], LID_HALF_SECONDS)
  const glance = share(seconds, ['glance'], 0.3)
  // A second after the lids the neck gives way, and jerks back with the waking.
  const sunk = smoothstep(8.4, 10.6, seconds) * smoothstep(12.4, 12, seconds)
  return {
    lidsClosed: { left: closed, right: closed },
    gazeYawDegrees: GLANCE_GAZE_DEGREES * share(seconds, ['glance'], 0.15),
    yawDegrees: held(GLANCE_YAW_DEGREES * glance + Math.sin(seconds * 0.9) * (1 - sunk)),
    pitchDegrees: held(SUNK_PITCH_DEGREES * sunk + 0.6 * Math.sin(seconds * 1.3)),
    rollDegrees: held(3 * sunk),
  }
}
