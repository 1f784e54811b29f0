/** For a name that is not a key: the key that was probably meant, also in another section. */
import type { KeyInfo } from './keys.js'

/** What people call it elsewhere → a word of our keys. */
const synonyms: Readonly<Record<string, string>> = {
  name: 'id',
  pin: 'line',
  gpio: 'line',
  broker: 'url',
  host: 'url',
  server: 'url',
  address: 'url',
  user: 'username',
  login: 'username',
  framerate: 'fps',
  rate: 'fps',
  rotation: 'rotate',
  threshold: 'closed',
  inverted: 'active',
  invert: 'active',
  light: 'led',
  lamp: 'led',
  width: 'width',
  height: 'height',
}

/** Words that stand in many names and say nothing about which is meant. */
const vague: ReadonlySet<string> = new Set([
  'seconds',
  'degrees',
  'px',
  'file',
  'above',
  'path',
  'kind',
  'id',
  'dir',
  'not',
  'low',
  'timeout',
])

/**
 * @param name the unknown name, and `section` the path of the group it stands in ('' at the top)
 * @returns path of the likeliest key, or null where nothing is near
 */
export const suggestKey = (name: string, section: string, keys: readonly KeyInfo[]): string | null => {
  let best: { path: string; score: number } | null = null
  for (const { path } of keys) {
    const score = likeness(name, path) + (parent(path) === section ? 0.15 : 0)
    if (score >= 0.6 && (best === null || score > best.score)) best = { path, score }
  }
  return best?.path ?? null
}

/** The nearest of some words, or null where none is near. */
export const nearest = (word: string, choices: readonly string[]): string | null => {
  const near = choices
    .map((choice) => ({ choice, score: likenessOfWords(word.toLowerCase(), choice.toLowerCase()) }))
    .sort((a, b) => b.score - a.score)[0]
  return near !== undefined && near.score >= 0.6 ? near.choice : null
}

/** A word that goes on where the choice ends (`warning`, `warn`) means it too. */
const likenessOfWords = (word: string, choice: string): number => (word.startsWith(choice) ? 1 : sameness(word, choice))

/** 0..1: how like the name is to the last part of the path as a whole, or word by word to the whole path. */
const likeness = (name: string, path: string): number => {
  const own = path.split('.').at(-1) ?? path
  const whole = sameness(words(name).join(''), words(own).join(''))
  const pathWords = words(path)
  const nameWords = words(name)
  const matches = nameWords.map((word) =>
    Math.max(...pathWords.map((other) => Math.max(sameness(word, other), synonyms[word] === other ? 0.9 : 0))),
  )
  const telling = matches.some((match, i) => match >= 0.7 && !vague.has(nameWords[i] ?? ''))
  if (!telling) return whole
  // fewer words left over is better: alarm.buzzer.line before alarm.buzzer.activeLow
  const sum = matches.reduce((total, match) => total + (match >= 0.7 ? match : 0), 0)
  return Math.max(whole, sum / nameWords.length - 0.02 * pathWords.length)
}

/** 1 for the same word, 0 for nothing in common. */
const sameness = (a: string, b: string): number => 1 - editDistance(a, b) / Math.max(a.length, b.length, 1)

/** `buzer_pin`, `buzzerPin`, `alarm.buzzer` → words in small letters. */
const words = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')

const parent = (path: string): string => path.split('.').slice(0, -1).join('.')

/** Insertions, deletions, replacements, and swaps of neighbours between two words (optimal string alignment). */
const editDistance = (a: string, b: string): number => {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i])
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let j = 1; j <= b.length; j++) rows[0]?.push(j)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped))
    }
  }
  return at(a.length, b.length)
}
