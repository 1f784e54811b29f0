/** A drive for tests of signs and rules over minutes: segments with a course for eyes, head, light and speed, judged at any frame rate. */
import { defaultConfig } from '../../../daemon/config/schema.js'
import type { Decision } from '../../../daemon/judgement/decision.js'
import { createJudgement, type Verdict } from '../../../daemon/judgement/index.js'
import { policyOf } from '../../../daemon/judgement/policy.js'
import type { Memory } from '../../../daemon/judgement/signs/baseline/slots.js'
import type { Eye, Observation, Reason } from '../../../daemon/observation.js'

/** What holds at one moment of a segment; what is left out is a face that looks into the camera in daylight, eyes open. */
export type Look = {
  /** Probability of both eyes, or of each; null: not seen. */
  left?: number | null
  right?: number | null
  face?: boolean
  yaw?: number
  pitch?: number
  reason?: Reason
  brightness?: number
  speedKmh?: number | null
}
export type Segment = { seconds: number; at: (second: number) => Look }

/** The same in both eyes; `p` may be a course over the segment's seconds. */
export const eyes = (seconds: number, p: number | null | ((second: number) => number), look: Look = {}): Segment => ({
  seconds,
  at: (second) => {
    const closed = typeof p === 'function' ? p(second) : p
    return { left: closed, right: closed, ...look }
  },
})

/** Awake: eyes at `open`, and every four seconds a blink of `blinkSeconds` that gives 0.97. */
export const blinking = (seconds: number, open = 0.05, blinkSeconds = 0.2, look: Look = {}): Segment =>
  eyes(seconds, (second) => (second % 4 < blinkSeconds ? 0.97 : open), look)

const eye = (closed: number | null | undefined): Eye | null =>
  closed === null ? null : { closed: closed ?? 0.05, visible: 1, center: [100, 100], size: 48 }

function observed(at: number, frame: number, look: Look): Observation {
  const { yaw = 0, pitch = 0, reason = 'no-face', brightness = 100 } = look
  const hasFace = look.face ?? (look.left !== null || look.right !== null)
  const [left, right] = hasFace ? [eye(look.left), eye(look.right)] : [null, null]
  return {
    at,
    frame,
    face: hasFace ? { confidence: 0.9, box: [0, 0, 200, 200], yaw, pitch, roll: 0 } : null,
    left,
    right,
    unseen: { left: left === null ? reason : null, right: right === null ? reason : null },
    scene: { brightness, sharpness: 100 },
  }
}

export type Driven = { verdicts: Verdict[]; decisions: Decision[]; memory: Memory | null }

/** Judges the segments one after the other, by the default configuration. */
export function drive(segments: readonly Segment[], fps = 15, saved: Memory | null = null): Driven {
  const judgement = createJudgement(policyOf(defaultConfig().judgement), saved)
  const verdicts: Verdict[] = []
  let startS = 0
  let frame = 0
  for (const { seconds, at } of segments) {
    for (; frame / fps < startS + seconds - 1e-9; frame++) {
      const look = at(frame / fps - startS)
      const inputs = { speedKmh: look.speedKmh ?? null, acknowledged: false }
      verdicts.push(judgement.observe(observed((frame / fps) * 1000, frame, look), inputs))
    }
    startS += seconds
  }
  return { verdicts, decisions: verdicts.flatMap((v) => v.decisions), memory: judgement.memory }
}

/** Rule and level of what was raised or escalated, as `microsleep/2`. */
export const told = ({ decisions }: Driven): string[] => decisions.filter((d) => d.phase !== 'ended').map((d) => `${d.rule}/${d.level}`)

/** When a rule first rose to `level`, in seconds of the drive; undefined when it did not. */
export const firstAt = ({ decisions }: Driven, rule: string, level: number): number | undefined => {
  const found = decisions.find((d) => d.rule === rule && d.level === level && d.phase !== 'ended')
  return found === undefined ? undefined : found.atMs / 1000
}
