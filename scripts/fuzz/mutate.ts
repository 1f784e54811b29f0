/** Texts and values damaged at random: most of them near to what is right, since those go deepest. */
import type { Random } from '../train/random.js'

const NASTY = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    ':',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!!binary ',
    '? ',
    '|',
    '>',
    '#',
    '"',
    "'",
    '<<: *a',
    '---',
    '...',
    '%YAML 9',
  ],
  ...[
    'null',
    '~',
    'true',
    '.nan',
    '.inf',
    '1e999',
    '-0',
    '0x10',
    '0o7',
    '9'.repeat(400),
    '\u0000',
    '\ufeff',
    '\ud800',
    '😀',
    '__proto__: 1',
    '../..',
  ],
]

export const pick = <T>(random: Random, all: readonly T[]): T => {
  const one = all[random.below(all.length)]
  if (one === undefined) throw new RangeError('nothing to pick from')
  return one
}

const splice = (text: string, at: number, gone: number, put: string): string => text.slice(0, at) + put + text.slice(at + gone)

const damages: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => splice(text, random.below(text.length + 1), random.below(4), pick(random, NASTY)),
  (text, random) => splice(text, random.below(text.length + 1), 1, String.fromCharCode(random.below(256))),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => {
    const lines = text.split('\n')
    const line = random.below(lines.length)
    const [taken = ''] = lines.splice(line, random.below(3))
    lines.splice(random.below(lines.length + 1), 0, pick(random, [taken, `  ${taken}`, taken.trimStart(), `${taken}\n${taken}`]))
    return lines.join('\n')
  },
  (text, random) => splice(text, random.below(text.length + 1), 0, pick(random, ['[', '{a: ', '- ', '"', '  ']).repeat(random.below(200))),
]

/** One to four damages of a text. */
export const damaged = (text: string, random: Random): string => {
  let result = text
  for (let left = 1 + random.below(4); left > 0; left--) result = pick(random, damages)(result, random)
  return result
}

const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.5,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    'x',
    '\u0000',
    '__proto__',
    [],
    {},
    [[]],
    [1, 2, 3, 4],
    { a: {} },
  ],
]

/** A JSON value with some of its values replaced, taken away or added, however deep they lie. */
export const disfigured = (value: unknown, random: Random): unknown => {
  if (random.chance(0.08)) return pick(random, VALUES)
  if (Array.isArray(value)) {
    const all = value.map((one) => disfigured(one, random))
    if (random.chance(0.1)) all.splice(random.below(all.length + 1), random.below(2), pick(random, VALUES))
    return all
  }
  if (typeof value !== 'object' || value === null)
    return typeof value === 'number' && random.chance(0.1) ? value * random.between(-10, 10) : value
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, disfigured(one, random)])
  if (random.chance(0.05)) entries.splice(random.below(entries.length + 1), 1)
  if (random.chance(0.05)) entries.push([pick(random, ['type', 'at', 'extra', '__proto__', 'constructor']), pick(random, VALUES)])
  return Object.fromEntries(entries)
}
