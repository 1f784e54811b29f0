/** Episodes: each rise of level is a decision at once, all of an episode under one incident, one `ended` at its end. */
import type { Decision, Finding, Level, Rule } from '../decision.js'
import { DISTRACTION_COOLDOWN_MS, POLICY_VERSION, QUIET_BELOW_KMH, REWARN_MS } from '../policy.js'
import type { Inputs, Moment, Standing } from '../rule.js'
import { createAcknowledged } from './acknowledged.js'
import type { Kind } from './kinds.js'
import { createTold } from './told.js'

type Open = Standing & { incident: number; startedMs: number; confidence: number; foundMs: number; tellers: Rule[] }

export interface Episode {
  /** The level that stands, 0 without an episode. */
  readonly level: Level
  /** The episode as the rules see it, or null without one. */
  readonly standing: Standing | null
  /** When a rule last held that belongs to it; ms, or null without an episode. */
  readonly foundMs: number | null
  /** False while nothing may sound: quiet by speed, or acknowledged. */
  isAudible(atMs: number): boolean
  /** What is new on this observation beside findings: the speed, the button, if it is heeded. Called first, once an observation. */
  begin(inputs: Inputs, atMs: number, heedsButton: boolean): void
  /** Takes what a rule found; returns the decision if it opens the episode or raises its level, else null. */
  rise(finding: Finding, moment: Moment): Decision | null
  /** Ends the episode; null when there is none. @param cause told where it is not the driver or the road, but us */
  end(moment: Moment, cause?: 'stop'): Decision | null
}

export type EpisodeOptions = {
  kind: Kind
  /** For how long a press of the button quiets. */
  acknowledgeMs(): number
  /** Gives the ordinal of a new episode. */
  nextIncident(): number
}

const isSlow = (speedKmh: number | null): boolean => speedKmh !== null && speedKmh < QUIET_BELOW_KMH

/**
 * For how long the same level of the same rule is not told again. Levels 2 and more of drowsiness never cool down; nor does "cannot see you",
 * which Euro NCAP wants told within 10 s each time.
 */
function cooldownMs(kind: Kind, { level }: Finding): number {
  if (kind === 'blind') return 0
  if (kind === 'distracted') return DISTRACTION_COOLDOWN_MS
  return level === 1 ? REWARN_MS : 0
}

export function createEpisode({ kind, acknowledgeMs, nextIncident }: EpisodeOptions): Episode {
  const told = createTold()
  const acknowledged = createAcknowledged(acknowledgeMs)
  let open: Open | null = null
  let endedMs = Number.NEGATIVE_INFINITY

  const decide = (finding: Finding, phase: Decision['phase'], { incident, quiet }: Open, { atMs, measures }: Moment): Decision => ({
    ...finding,
    phase,
    incident,
    atMs,
    coverage: measures.coverage,
    quiet,
    policy: POLICY_VERSION,
  })

  function start(finding: Finding, moment: Moment): Decision | null {
    const { atMs, inputs, standing } = moment
    // Beside an alarm that sounds nothing begins quietly: "cannot see you" may have to take its place.
    const quiet = isSlow(inputs.speedKmh) && (standing === null || standing.quiet)
    if (!told.isNews(finding, atMs, quiet) || told.isCooling(finding, atMs, cooldownMs(kind, finding), quiet)) return null
    told.mark(finding, atMs, quiet)
    // A sign may have stood in the episode before: this one then begins now, so that no time is told twice.
    const startedMs = finding.startedMs < endedMs ? atMs : finding.startedMs
    const { rule, level, confidence } = finding
    open = { incident: nextIncident(), rule, level, sinceMs: atMs, startedMs, confidence, quiet, foundMs: atMs, tellers: [rule] }
    acknowledged.reset()
    return decide({ ...finding, startedMs }, 'raised', open, moment)
  }

  function add(now: Open, finding: Finding, moment: Moment): Decision | null {
    const { atMs } = moment
    const isNews = told.isNews(finding, atMs, now.quiet)
    // What is found while a higher level stands is told by it: it must not be raised once more when that has been answered.
    told.mark(finding, atMs, now.quiet)
    now.foundMs = atMs
    // A figure that reaches its notice while a warning stands is no new closure.
    if (isNews && finding.level >= now.level) acknowledged.reset()
    const isHigher = finding.level > now.level
    // Another cause of the same level is told too, once: of blindness, since a covered lens and a dead camera want different hands; beside a share of
    // closed time, since a closure that reaches its step says what the driver does now.
    const isOwnCause = kind === 'blind' || (now.rule === 'perclos' && finding.level >= 2)
    const isOtherCause = isOwnCause && finding.level === now.level && !now.tellers.includes(finding.rule)
    if (!isHigher && !isOtherCause) return null
    if (isHigher) now.sinceMs = atMs
    now.rule = finding.rule
    now.level = finding.level
    now.confidence = finding.confidence
    now.tellers.push(finding.rule)
    return decide(finding, 'escalated', now, moment)
  }

  return {
    get level() {
      return open?.level ?? 0
    },
    get standing() {
      return open === null ? null : { rule: open.rule, level: open.level, sinceMs: open.sinceMs, quiet: open.quiet }
    },
    get foundMs() {
      return open?.foundMs ?? null
    },
    isAudible: (atMs) => open !== null && !open.quiet && (open.level > 2 || !acknowledged.isQuiet(atMs)),
    begin(inputs, atMs, heedsButton) {
      if (open === null) return
      // Slowing down never quiets; driving off, or not knowing, ends the quiet.
      if (!isSlow(inputs.speedKmh)) open.quiet = false
      if (inputs.acknowledged && heedsButton) acknowledged.press(atMs)
    },
    rise: (finding, moment) => (open === null ? start(finding, moment) : add(open, finding, moment)),
    end(moment, cause) {
      if (open === null) return null
      const { rule, level, startedMs, confidence } = open
      const evidence = { durationMs: Math.round(moment.atMs - startedMs), highestLevel: level, ...(cause === undefined ? {} : { cause }) }
      const decision = decide({ rule, level, startedMs, evidence, confidence }, 'ended', open, moment)
      open = null
      endedMs = moment.atMs
      return decision
    },
  }
}
