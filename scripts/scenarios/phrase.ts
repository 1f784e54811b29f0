/** Matches a line of a story against the vocabulary's templates. */
import type { Phrase } from './vocabulary.js'

const SLOTS: Readonly<Record<string, string>> = { '{s}': '(-?[0-9.]+) ?(ms|s|min)', '{n}': '(-?[0-9.]+)()' }
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, '': 1 }

const patternOf = (template: string): RegExp => new RegExp(`^${template.replace(/\{[sn]\}/g, (slot) => SLOTS[slot] ?? slot)}$`)

/** @returns times in seconds, numbers as they are; null when the text does not follow the template */
function valuesOf(template: string, text: string): number[] | null {
  const match = patternOf(template).exec(text)
  if (match === null) return null
  const groups = match.slice(1)
  return groups.flatMap((group, i) => (i % 2 === 0 ? [Number(group) * (SECONDS[groups[i + 1] ?? ''] ?? 1)] : []))
}

/** @returns the phrase that the text follows, and its values; null when there is none */
export function findPhrase(vocabulary: readonly Phrase[], text: string): { phrase: Phrase; values: number[] } | null {
  for (const phrase of vocabulary) {
    const values = valuesOf(phrase.template, text)
    if (values !== null) return { phrase, values }
  }
  return null
}
