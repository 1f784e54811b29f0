/** A timeline → what reaches the judgement: observations at a frame rate, with the inputs that came with them. */
import type { Observation } from '../../daemon/observation.js'
import { type Random, seeded } from '../train/random.js'
import { observationOf } from './look.js'
import { type Shot, type Timeline, throughWorld } from './stage.js'

export type Step = {
  observation: Observation
  speedKmh: number | null
  acknowledged: boolean
  /** The daemon was started again before this observation. */
  restarted: boolean
}

export type Drive = {
  fps: number
  /** Time stamps jitter, noise is doubled, and now and then no eye is seen for 0.1–0.2 s. */
  rough: boolean
  seed: number
}

// Own: as a webcam's time stamps waver on the recordings.
const JITTER_FRAMES = 0.15
// The vision host's times: "no camera" is said after 1.5 s of silence, then five times a second.
const DEAD_SILENCE_S = 1.5
const DEAD_EVERY_S = 0.2
// A drive's unseen stretches: well away from its ends, which a story's times count from.
const UNSEEN_EVERY_S = 7
const UNSEEN_S = 0.15
const UNSEEN_MARGIN_S = 2
// In a closure: well before the first threshold, so that it is closed on both sides.
const UNSEEN_IN_CLOSURE_S = { fromS: 0.4, toS: 0.5 }
const MIN_CLOSURE_S = 1

/** A burst delivers nothing for this share of a second, then everything at once; here the rest is lost, as a busy camera loses it. */
const BURST_GAP_S = 0.4

function isUnseenStretch({ kind, fromS, toS }: Shot, seconds: number): boolean {
  if (kind === 'closure') {
    return toS - fromS >= MIN_CLOSURE_S && seconds >= UNSEEN_IN_CLOSURE_S.fromS && seconds < UNSEEN_IN_CLOSURE_S.toS
  }
  if (kind !== 'steady' || seconds < UNSEEN_MARGIN_S || seconds > toS - fromS - UNSEEN_MARGIN_S) return false
  return seconds % UNSEEN_EVERY_S < UNSEEN_S
}

function* frameTimes(seconds: number, { fps, rough }: Drive, random: Random): Generator<number> {
  for (let frame = 0; frame / fps < seconds - 1e-9; frame++) {
    yield Math.max(0, frame / fps + (rough && frame > 0 ? (JITTER_FRAMES / fps) * random.between(-1, 1) : 0))
  }
}

function isDelivered(shot: Shot, atS: number, lastS: number): boolean {
  if (shot.kind === 'dead') return atS - shot.fromS >= DEAD_SILENCE_S && atS - lastS >= DEAD_EVERY_S - 1e-9
  return shot.world.delivery !== 'in bursts' || atS % 1 >= BURST_GAP_S
}

/** What comes late is dropped by main.ts, as here: time never goes back. */
function delivered(steps: readonly Step[], shotAt: (atS: number) => Shot | undefined): Step[] {
  const out: Step[] = []
  for (let i = 0; i < steps.length; i++) {
    const [step, next] = [steps[i], steps[i + 1]]
    if (step === undefined) continue
    const delivery = shotAt(step.observation.at / 1000)?.world.delivery
    if (delivery === 'out of order' && i % 4 === 2 && next !== undefined && !next.restarted && !step.restarted) {
      out.push(next, step)
      i += 1
    } else if (delivery === 'doubled') out.push(step, { ...step, acknowledged: false, restarted: false })
    else out.push(step)
  }
  return out
}

/** Everything that reaches the daemon, in the order of its arrival; with observations out of order, `at` may go back. */
export function stepsOf({ shots, turns, seconds }: Timeline, drive: Drive): Step[] {
  const random = seeded(drive.seed)
  const clock = seeded(drive.seed + 1)
  const shotAt = (atS: number) => shots.find(({ fromS, toS }) => atS >= fromS - 1e-9 && atS < toS - 1e-9) ?? shots.at(-1)
  const pending = [...turns]
  const steps: Step[] = []
  let lastS = Number.NEGATIVE_INFINITY
  for (const atS of frameTimes(seconds, drive, clock)) {
    const shot = shotAt(atS)
    if (shot === undefined || !isDelivered(shot, atS, lastS)) continue
    lastS = atS
    const inShotS = Math.max(0, atS - shot.fromS)
    const seen = throughWorld(shot.look(inShotS), shot.world)
    const look = drive.rough && isUnseenStretch(shot, inShotS) ? { ...seen, left: null, right: null } : seen
    const due = pending.filter((turn) => turn.atS <= atS + 1e-9)
    pending.splice(0, due.length)
    steps.push({
      observation: observationOf(look, atS * 1000, steps.length, random, drive.rough ? 0.06 : 0.03),
      speedKmh: shot.world.speedKmh,
      acknowledged: due.some(({ what }) => what === 'button'),
      restarted: due.some(({ what }) => what === 'restart'),
    })
  }
  return delivered(steps, shotAt)
}
