/** What the driver has been told: so that a sign is told once at each level, a burst of them once, and one that stands a minute later again. */
import type { Finding, Rule } from '../decision.js'
import { REWARN_MS } from '../policy.js'

type Sign = { startedMs: number; level: number; lastMs: number; quiet: boolean }

// A start may be computed from a duration: the same one differs in the last bits.
const SAME_START_MS = 1

export interface Told {
  /**
   * True when the driver has not been told of this sign at this level: another start, a higher level, or the last time is a minute ago; or it did
   * not sound then, and would now.
   */
  isNews(finding: Finding, atMs: number, quiet: boolean): boolean
  /** True while a telling of this rule, at this level or above, is less than `cooldownMs` ago; one that did not sound spares the driver nothing. */
  isCooling(finding: Finding, atMs: number, cooldownMs: number, quiet: boolean): boolean
  /** Marks the sign as told at its level, up to `atMs`. */
  mark(finding: Finding, atMs: number, quiet: boolean): void
}

/** Keeps the last sign of each rule. */
export function createTold(): Told {
  const signs = new Map<Rule, Sign>()
  const same = (sign: Sign | undefined, { startedMs }: Finding): sign is Sign =>
    sign !== undefined && Math.abs(sign.startedMs - startedMs) < SAME_START_MS

  return {
    isNews(finding, atMs, quiet) {
      const sign = signs.get(finding.rule)
      return !same(sign, finding) || finding.level > sign.level || atMs - sign.lastMs >= REWARN_MS || (sign.quiet && !quiet)
    },
    isCooling(finding, atMs, cooldownMs, quiet) {
      const sign = signs.get(finding.rule)
      if (sign === undefined || (sign.quiet && !quiet)) return false
      return sign.level >= finding.level && atMs - sign.lastMs < cooldownMs
    },
    mark(finding, atMs, quiet) {
      const sign = signs.get(finding.rule)
      const level = same(sign, finding) ? Math.max(sign.level, finding.level) : finding.level
      signs.set(finding.rule, { startedMs: finding.startedMs, level, lastMs: atMs, quiet })
    },
  }
}
