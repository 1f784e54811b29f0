/** What the driver has been told: so that a sign is told once at each level, a burst of them once, and one that stands a minute later again. */
import type { Finding, Rule } from '../decision.js'
import { REWARN_MS } from '../policy.js'

type Sign = { startedMs: number; level: number; lastMs: number }

// A start may be computed from a duration: the same one differs in the last bits.
const SAME_START_MS = 1

export interface Told {
  /** True when the driver has not been told of this sign at this level: another start, a higher level, or the last time is a minute ago. */
  isNews(finding: Finding, atMs: number): boolean
  /** True while a telling of this rule, at this level or above, is less than `cooldownMs` ago. */
  isCooling(finding: Finding, atMs: number, cooldownMs: number): boolean
  /** Marks the sign as told at its level, up to `atMs`. */
  mark(finding: Finding, atMs: number): void
}

/** Keeps the last sign of each rule. */
export function createTold(): Told {
  const signs = new Map<Rule, Sign>()
  const same = (sign: Sign | undefined, { startedMs }: Finding): sign is Sign =>
    sign !== undefined && Math.abs(sign.startedMs - startedMs) < SAME_START_MS

  return {
    isNews(finding, atMs) {
      const sign = signs.get(finding.rule)
      return !same(sign, finding) || finding.level > sign.level || atMs - sign.lastMs >= REWARN_MS
    },
    isCooling(finding, atMs, cooldownMs) {
      const sign = signs.get(finding.rule)
      return sign !== undefined && sign.level >= finding.level && atMs - sign.lastMs < cooldownMs
    },
    mark(finding, atMs) {
      const sign = signs.get(finding.rule)
      const level = same(sign, finding) ? Math.max(sign.level, finding.level) : finding.level
      signs.set(finding.rule, { startedMs: finding.startedMs, level, lastMs: atMs })
    },
  }
}
