/** The lines above the picture: what the eyes do, how urgent it is, and by which rule. */
import type { Level, Rule } from '../../judgement/decision.js'
import type { Verdict } from '../../judgement/index.js'
import type { Observation } from '../../observation.js'
import { columns, inset, type Layout } from './layout.js'
import { GROUND, levelNames, ofEyes, ofLevel } from './palette.js'
import type { Pen } from './pen.js'

/** "Open Eyes", "Closed Eyes", or "No Eyes: turned-away". */
export const headlineOf = (eyes: Verdict['eyes'], { unseen }: Observation): string => {
  if (eyes === 'open') return 'Open Eyes'
  if (eyes === 'closed') return 'Closed Eyes'
  const reasons = new Set([unseen.right, unseen.left].filter((reason) => reason !== null))
  return reasons.size === 0 ? 'No Eyes' : `No Eyes: ${[...reasons].join(', ')}`
}

/** Remembers by which rule the present level was raised. */
export const createRuleInForce = (): ((verdict: Pick<Verdict, 'level' | 'decisions'>) => Rule | null) => {
  const running = new Map<number, { rule: Rule; level: Level }>()
  return ({ decisions, level }) => {
    for (const { incident, phase, rule, level: reached } of decisions) {
      if (phase === 'ended') running.delete(incident)
      else running.set(incident, { rule, level: reached })
    }
    if (level === 0) return null
    const [leading] = [...running.values()].sort((a, b) => b.level - a.level)
    return leading?.rule ?? null
  }
}

export const drawHeadline = (pen: Pen, layout: Layout, observation: Observation, verdict: Verdict, rule: Rule | null): void => {
  const { headline, status, stroke } = layout
  pen.fill(headline, ofEyes[verdict.eyes])
  pen.words(headlineOf(verdict.eyes, observation), inset(headline, 2 * stroke), { align: 'middle' })
  pen.fill(status, GROUND)
  const closure = verdict.closedMs > 0 ? `   closed ${(verdict.closedMs / 1000).toFixed(1)} s` : ''
  pen.words(`${(observation.at / 1000).toFixed(1)} s${closure}`, inset(columns(status, 0, 0.5), 2 * stroke))
  if (verdict.level === 0) return
  const chip = inset(columns(status, 0.5, 1), stroke)
  pen.fill(chip, ofLevel[verdict.level])
  pen.words(`${levelNames[verdict.level]} ${rule ?? ''}`.trim(), inset(chip, stroke), { align: 'middle' })
}
