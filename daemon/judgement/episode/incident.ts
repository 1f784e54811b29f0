/** Episodes: each rise of level is a decision at once, all of an episode under one incident, one `ended` at its end. */
import type { Decision, Finding, Level, Rule } from '../decision.js'
import type { Standing } from '../rule.js'

type Open = { incident: number; rule: Rule; level: Level; startedMs: number; sinceMs: number; confidence: number }

export type Incident = {
  /** The level that stands, 0 without an episode. */
  readonly level: Level
  /** The episode as the rules see it, or null without one. */
  readonly standing: Standing | null
  /** Takes what a rule found on this observation; returns the decision if it raises the level (or the rule takes the place of another), else null. */
  rise(finding: Finding, atMs: number, coverage: number): Decision | null
  /** Ends the episode; null when there is none. */
  end(atMs: number, coverage: number): Decision | null
}

/** @param nextIncident gives the ordinal of a new episode */
export function createIncident(nextIncident: () => number): Incident {
  let open: Open | null = null
  return {
    get level() {
      return open?.level ?? 0
    },
    get standing() {
      return open
    },
    rise(finding, atMs, coverage) {
      const isNewRule = open !== null && open.level === finding.level && open.rule !== finding.rule
      if (open !== null && open.level >= finding.level && !isNewRule) return null
      const phase = open === null ? 'raised' : 'escalated'
      open = {
        incident: open?.incident ?? nextIncident(),
        rule: finding.rule,
        level: finding.level,
        sinceMs: open?.level === finding.level ? open.sinceMs : atMs,
        startedMs: open?.startedMs ?? finding.startedMs,
        confidence: finding.confidence,
      }
      return { ...finding, phase, incident: open.incident, atMs, coverage }
    },
    end(atMs, coverage) {
      if (open === null) return null
      const { incident, rule, level, startedMs, confidence } = open
      open = null
      const evidence = { durationMs: Math.round(atMs - startedMs), highestLevel: level }
      return { rule, level, phase: 'ended', incident, atMs, startedMs, evidence, confidence, coverage }
    },
  }
}
