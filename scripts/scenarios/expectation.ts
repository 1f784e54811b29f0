/**
 * What must follow, in words. Times: `21 s`, `nap + 1 s` (from the start of what is labelled nap), `end of nap + 1 s`, `end of the story`.
 *
 *   microsleep 2 at nap + 1 s              a rise to that level, on the frame that must show it
 *   microsleep or slump 2 between 3 s and 5 s
 *   sleep ended at end of nap + 1 s
 *   signal alarm or emergency from nap + 3 s to end of nap
 *   level 2 or more from 4 s to 9 s        also: level 0, level 1 or less
 *   perclos60 between 0.08 and 0.12 at 60 s
 *   reason of eyes-not-seen is too-dark
 *   confidence of microsleep at most 0.6
 *   microsleep is quiet                    also: is loud
 *   2 incidents                            of level 2 and more
 *
 * `, from 15 fps` at the end: at lower rates neither asked for nor expected. Every rise that no line names is a fault.
 */
import { type Rule, rules } from '../../daemon/judgement/decision.js'

export type Labels = Map<string, { fromS: number; toS: number }>

/** `exact`: due on the frame that shows it, so that the tolerance is of frames; else a window given by the story. */
export type When = { fromS: number; toS: number; exact: boolean }

type Said =
  | { kind: 'rise'; rules: readonly Rule[]; level: number; when: When }
  | { kind: 'ended'; rules: readonly Rule[]; when: When }
  | { kind: 'signal'; names: readonly string[]; when: When }
  | { kind: 'level'; lowest: number; highest: number; when: When }
  | { kind: 'perclos60'; low: number; high: number; atS: number }
  | { kind: 'reason'; rule: Rule; reason: string }
  | { kind: 'confidence'; rule: Rule; atMost: number }
  | { kind: 'quiet'; rule: Rule; quiet: boolean }
  | { kind: 'incidents'; count: number }

export type Expectation = { text: string; said: Said; minFps: number }

const isRule = (name: string): name is Rule => rules.some((rule) => rule === name)

function ruleOf(name: string): Rule {
  if (!isRule(name)) throw new Error(`"${name}" is no rule; there are: ${rules.join(', ')}`)
  return name
}
const rulesOf = (text: string): Rule[] => text.split(' or ').map(ruleOf)

function timeOf(text: string, labels: Labels): number {
  const plain = /^([0-9.]+) s$/.exec(text)
  if (plain !== null) return Number(plain[1])
  const match = /^(end of )?(.+?)(?: ([+-]) ([0-9.]+) s)?$/.exec(text)
  const label = labels.get(match?.[2] ?? '')
  if (match === null || label === undefined) {
    throw new Error(`"${text}" is no time: write "21 s", or "nap + 1 s" with one of the labels ${[...labels.keys()].join(', ')}`)
  }
  const shift = Number(match[4] ?? 0) * (match[3] === '-' ? -1 : 1)
  return (match[1] === undefined ? label.fromS : label.toS) + shift
}

const at = (text: string, labels: Labels): When => {
  const atS = timeOf(text, labels)
  return { fromS: atS, toS: atS, exact: true }
}
const span = (from: string, to: string, labels: Labels): When => ({ fromS: timeOf(from, labels), toS: timeOf(to, labels), exact: false })

type Form = { pattern: RegExp; read(m: readonly string[], labels: Labels): Said }
const form = (pattern: RegExp, read: (labels: Labels, m: readonly string[]) => Said): Form => ({
  pattern,
  read: (m, labels) => read(labels, m),
})

const forms: readonly Form[] = [
  form(/^perclos60 between ([0-9.]+) and ([0-9.]+) at (.+)$/, (labels, [low = '', high = '', when = '']) => ({
    kind: 'perclos60',
    low: Number(low),
    high: Number(high),
    atS: timeOf(when, labels),
  })),
  form(/^signal (.+) from (.+) to (.+)$/, (labels, [names = '', from = '', to = '']) => ({
    kind: 'signal',
    names: names.split(' or '),
    when: span(from, to, labels),
  })),
  form(/^level (\d)( or more| or less)? from (.+) to (.+)$/, (labels, [level = '', bound = '', from = '', to = '']) => ({
    kind: 'level',
    lowest: bound === ' or less' ? 0 : Number(level),
    highest: bound === ' or more' ? 4 : Number(level),
    when: span(from, to, labels),
  })),
  form(/^reason of (\S+) is (\S+)$/, (_, [rule = '', reason = '']) => ({ kind: 'reason', rule: ruleOf(rule), reason })),
  form(/^confidence of (\S+) at most ([0-9.]+)$/, (_, [rule = '', p = '']) => ({
    kind: 'confidence',
    rule: ruleOf(rule),
    atMost: Number(p),
  })),
  form(/^(\S+) is (quiet|loud)$/, (_, [rule = '', how = '']) => ({ kind: 'quiet', rule: ruleOf(rule), quiet: how === 'quiet' })),
  form(/^(\d+) incidents?$/, (_, [count = '']) => ({ kind: 'incidents', count: Number(count) })),
  form(/^(.+) ended at (.+)$/, (labels, [names = '', when = '']) => ({ kind: 'ended', rules: rulesOf(names), when: at(when, labels) })),
  form(/^(.+) ended between (.+) and (.+)$/, (labels, [names = '', from = '', to = '']) => ({
    kind: 'ended',
    rules: rulesOf(names),
    when: span(from, to, labels),
  })),
  form(/^(.+) (\d) at (.+)$/, (labels, [names = '', level = '', when = '']) => ({
    kind: 'rise',
    rules: rulesOf(names),
    level: Number(level),
    when: at(when, labels),
  })),
  form(/^(.+) (\d) between (.+) and (.+)$/, (labels, [names = '', level = '', from = '', to = '']) => ({
    kind: 'rise',
    rules: rulesOf(names),
    level: Number(level),
    when: span(from, to, labels),
  })),
]

const MIN_FPS = /, from (\d+) fps$/

/** @throws Error when the line follows none of the forms above */
export function parseExpectation(text: string, labels: Labels): Expectation {
  const line = text.replace(MIN_FPS, '')
  const minFps = Number(MIN_FPS.exec(text)?.[1] ?? 0)
  for (const { pattern, read } of forms) {
    const match = pattern.exec(line)
    if (match !== null) return { text, said: read(match.slice(1), labels), minFps }
  }
  throw new Error(`"${text}" is no expectation; scripts/scenarios/expectation.ts lists their forms`)
}

/** `slow-closures 1` → its key in Story.may. */
export function parseMay(text: string): string {
  const [name = '', level = ''] = text.split(' ')
  return `${ruleOf(name)}/${level}`
}
