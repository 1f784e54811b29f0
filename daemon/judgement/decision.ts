/** What the judgement says: decisions become events of the fleet, the verdict drives buzzer and light. */

/** The rules by which an event can be raised. */
export const rules = [
  'slow-closures',
  'microsleep',
  'sleep',
  'unresponsive',
  'slump',
  'perclos',
  'long-blinks',
  'distraction',
  'eyes-not-seen',
  'camera-unavailable',
  'degraded',
  'self-test',
] as const
export type Rule = (typeof rules)[number]

/** 0 clear · 1 notice · 2 warn · 3 alarm · 4 emergency. */
export type Level = 0 | 1 | 2 | 3 | 4

export type Phase = 'raised' | 'escalated' | 'ended'

/** What the judgement decided on one observation: becomes an event of the fleet. Times are ms on the observations' clock. */
export type Decision = {
  rule: Rule
  /** The level reached; on `ended` the highest of the episode. */
  level: Level
  phase: Phase
  /** Ordinal of the episode, from 1. */
  incident: number
  atMs: number
  startedMs: number
  /** The numbers that made the rule fire. */
  evidence: Readonly<Record<string, number | string>>
  /** 0..1. */
  confidence: number
  /** Share of the last 60 s in which at least one eye was seen, 0..1. */
  coverage: number
  /** True when it does not sound: the vehicle is known to be slow since the episode began. */
  quiet: boolean
  /** Version of the policy that judged. */
  policy: string
}

/** What a rule asks for on one observation: it is turned into decisions by the incidents it belongs to. */
export type Finding = Pick<Decision, 'rule' | 'level' | 'startedMs' | 'evidence' | 'confidence'>
