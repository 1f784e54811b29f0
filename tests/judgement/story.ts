/** Stories for the judgement: named pieces of a drive, turned into observations at any frame rate, and judged. */
import { defaultConfig } from '../../daemon/config/schema.js'
import type { Decision } from '../../daemon/judgement/decision.js'
import { createJudgement, type Verdict } from '../../daemon/judgement/index.js'
import { type Policy, policyOf } from '../../daemon/judgement/policy.js'
import type { Eye, Observation, Reason } from '../../daemon/observation.js'

/** The policy as the default configuration sets it. */
export const defaultPolicy = policyOf(defaultConfig().judgement)

type Eyes = {
  left: number | null
  right: number | null
  reason?: Reason /** Degrees; a face that is found though no eye is seen has one. */
  pitch?: number
}
/** `speedKmh` and `pressed` (on the first observation) come with the piece. */
export type Piece = {
  seconds: number
  eyes: (inPieceS: number, random: () => number) => Eyes
  speedKmh?: number | null
  pressed?: boolean
}

const both = (p: number): Eyes => ({ left: p, right: p })

/** Eyes open; the probability wavers as a real classifier's does. */
export const open = (seconds: number): Piece => ({ seconds, eyes: (_, random) => both(0.02 + 0.2 * random()) })
export const closed = (seconds: number): Piece => ({ seconds, eyes: (_, random) => both(0.98 - 0.2 * random()) })
export const unseen = (seconds: number, reason: Reason = 'no-face'): Piece => ({
  seconds,
  eyes: () => ({ left: null, right: null, reason }),
})
/** The left eye covered, the right as given. */
export const rightOnly = (seconds: number, p: number): Piece => ({
  seconds,
  eyes: () => ({ left: null, right: p, reason: 'covered' }),
})
export const wink = (seconds: number): Piece => ({ seconds, eyes: () => ({ left: 0.95, right: 0.05 }) })
/** The face found and turned away, no eye seen. */
export const away = (seconds: number): Piece => ({ seconds, eyes: () => ({ left: null, right: null, reason: 'turned-away', pitch: 0 }) })
/** Eyes open while the head sinks by `degrees` within the piece. */
export const nods = (seconds: number, degrees: number): Piece => ({
  seconds,
  eyes: (inPieceS) => ({ ...both(0.05), pitch: (-degrees * inPieceS) / seconds }),
})
/** Open for 0.6 s, closed for 0.4 s, and so on: half awake. */
export const flutter = (seconds: number): Piece => ({ seconds, eyes: (inPieceS) => both(inPieceS % 1 < 0.6 ? 0.05 : 0.95) })
/** The pieces at a speed, null: unknown. */
export const atSpeed = (speedKmh: number | null, ...pieces: readonly Piece[]): Piece[] => pieces.map((piece) => ({ ...piece, speedKmh }))
/** The piece, with a press of the button at its beginning. */
export const pressing = (piece: Piece): Piece => ({ ...piece, pressed: true })
/** Awake for `seconds` with a blink of 0.2 s every 4 s (15 a minute). */
export const awake = (seconds: number): Piece[] => Array.from({ length: Math.round(seconds / 4) }, () => [open(3.8), closed(0.2)]).flat()

/** mulberry32: the same story at every run. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const eye = (p: number | null): Eye | null => (p === null ? null : { closed: p, visible: 1, center: [100, 100], size: 48 })

export function observationOf(at: number, frame: number, { left, right, reason = 'no-face', pitch }: Eyes): Observation {
  const face =
    left === null && right === null && pitch === undefined
      ? null
      : { confidence: 0.9, box: [0, 0, 200, 200] as [number, number, number, number] }
  return {
    at,
    frame,
    face: face && { ...face, yaw: 0, pitch: pitch ?? 0, roll: 0 },
    left: eye(left),
    right: eye(right),
    unseen: { left: left === null ? reason : null, right: right === null ? reason : null },
    scene: { brightness: 100, sharpness: 100 },
  }
}

export type Told = { decisions: Decision[]; verdicts: Verdict[]; summary: string[] }

/** Judges the pieces at `fps`. `summary` reads as `rule/level phase@seconds`, seconds rounded to a tenth. */
export function tell(pieces: readonly (Piece | Piece[])[], fps: number, policy: Policy = defaultPolicy, seed = 1): Told {
  const random = seeded(seed)
  const judgement = createJudgement(policy)
  const verdicts: Verdict[] = []
  let startS = 0
  let frame = 0
  for (const piece of pieces.flat()) {
    let acknowledged = piece.pressed === true
    for (; frame / fps < startS + piece.seconds - 1e-9; frame++) {
      const eyes = piece.eyes(frame / fps - startS, random)
      verdicts.push(judgement.observe(observationOf((frame / fps) * 1000, frame, eyes), { speedKmh: piece.speedKmh ?? null, acknowledged }))
      acknowledged = false
    }
    startS += piece.seconds
  }
  // Below 8 frames a second the state is degraded, and that is said: tests/judgement/signs/rules.test.ts.
  const decisions = verdicts.flatMap((v) => v.decisions).filter(({ rule }) => fps >= 8 || rule !== 'degraded')
  return { decisions, verdicts, summary: decisions.map((d) => `${d.rule}/${d.level} ${d.phase}@${(d.atMs / 1000).toFixed(1)}`) }
}

/** The verdicts from one second of the story to another. */
export const between = ({ verdicts }: Told, fromS: number, toS: number): Verdict[] =>
  verdicts.filter(({ atMs }) => atMs >= fromS * 1000 - 1e-6 && atMs < toS * 1000 - 1e-6)

/** Which signals were shown from one second to another, each once. */
export const signalsOf = (told: Told, fromS: number, toS: number): string[] => [
  ...new Set(between(told, fromS, toS).map(({ signal }) => signal)),
]

/** `rule/level` of each rise, in order. */
export const risesOf = ({ decisions }: Told): string[] =>
  decisions.filter(({ phase }) => phase !== 'ended').map(({ rule, level }) => `${rule}/${level}`)

/** The decisions of one rule and phase, as seconds of the story. */
export const secondsOf = (told: Told, rule: string, phase = 'raised'): number[] =>
  told.decisions.filter((d) => d.rule === rule && d.phase === phase).map((d) => d.atMs / 1000)
