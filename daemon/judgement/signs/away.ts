/** For how long the driver has been looking away from "ahead", as far as the head tells it. */
import type { Face, Observation } from '../../observation.js'
import type { Direction } from './ahead.js'
import type { ClosureStep } from './closure.js'

/** `startedMs` on the observations' clock; `yaw`, `pitch`: degrees off ahead, as last seen. */
export type Away = { startedMs: number; awayMs: number; yaw: number; pitch: number }

// EU 2023/2590 (advanced driver distraction warning) counts looks at the lap and the centre console, some 30° below the road. The head goes about
// two thirds of the way and the eyes the rest, and it is told to be bent less than it is. Own, from the recordings: heads bent to look down stand at -17° to -28°.
const DOWN_DEGREES = 17
// Own: the roof, a child in the mirror. A head thrown back to yawn stands at 10°.
const UP_DEGREES = 25
// Own: mirrors stand at 20–55° and are passed by in a second; from 30° the road is at the edge of sight.
const ASIDE_DEGREES = 30
// Own: by so much less the head is back again; the pose of a still head wavers by 2°.
const HYSTERESIS_DEGREES = 4
// Design, "before that: wider limits": "ahead" may lie as far off the camera's axis as it is clamped.
const UNKNOWN_WIDER_DEGREES = 15
// Own: a closure this long is no look; a blink on the way is.
const SHUT_MS = 500
// Own: one frame, or less than this, is the pose's error: a look back takes longer.
const BACK_MS = 200
// Own: a face lost while turned aside is turned farther away, for as long as it takes `eyes-not-seen` to tell it. One lost while bent down may be a
// head that fell: that is the affair of `slump`.
const LOST_MS = 10_000

const AHEAD_OF_CAMERA: Direction = { yaw: 0, pitch: 0 }

function isAwayFrom(off: Direction, widerDegrees: number): boolean {
  return (
    Math.abs(off.yaw) >= ASIDE_DEGREES + widerDegrees || off.pitch <= -DOWN_DEGREES - widerDegrees || off.pitch >= UP_DEGREES + widerDegrees
  )
}

/** One `step` an observation; null while the driver looks ahead, or sleeps. */
export function createAway(): { step(observation: Observation, ahead: Direction | null, closures: ClosureStep): Away | null } {
  let away: Away | null = null
  let lastAwayMs = 0
  let back = 0

  function turned(face: Face, ahead: Direction | null): Direction | null {
    const from = ahead ?? AHEAD_OF_CAMERA
    const off = { yaw: face.yaw - from.yaw, pitch: face.pitch - from.pitch }
    const wider = (ahead === null ? UNKNOWN_WIDER_DEGREES : 0) - (away === null ? 0 : HYSTERESIS_DEGREES)
    return isAwayFrom(off, wider) ? off : null
  }

  return {
    step({ at, face }, ahead, { running }) {
      if (running !== null && running.closedMs >= SHUT_MS) away = null
      else if (face !== null) {
        const off = turned(face, ahead)
        if (off !== null) {
          away = { startedMs: away?.startedMs ?? at, awayMs: at - (away?.startedMs ?? at), ...off }
          lastAwayMs = at
          back = 0
        } else {
          back += 1
          if (back > 1 && at - lastAwayMs > BACK_MS) away = null
        }
      } else if (away !== null) {
        if (at - lastAwayMs > LOST_MS || Math.abs(away.yaw) < ASIDE_DEGREES) away = null
        else away = { ...away, awayMs: at - away.startedMs }
      }
      return away
    },
  }
}
