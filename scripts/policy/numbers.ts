/** Every number of the judgement with its source, out of the code: the comment above a constant is what the document says of it. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const judgement = fileURLToPath(new URL('../../daemon/judgement/', import.meta.url))

export type Figure = { name: string; value: string; source: string; file: string }

const CONSTANT = /^(?:export )?const ([A-Z][A-Z0-9_]*)(?:: number)? = ([0-9A-Z_.*/ ]+?|\{ .*[0-9].* \})(?: as const)?(?: \/\/ .*)?$/
const COMMENT = /^(?:\/\/|\/\*\*) ?(.*?)(?: \*\/)?$/
const LITERAL = /^[0-9_.]+$/

const units: readonly (readonly [RegExp, (value: number) => string])[] = [
  [/_MS$/, (ms) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)],
  [/_KMH$/, (kmh) => `${kmh} km/h`],
  [/_DEGREES$/, (degrees) => `${degrees}°`],
  [/_FPS$/, (fps) => `${fps} frames/s`],
  [/_SHARE$/, (share) => `${Math.round(share * 1000) / 10} %`],
]

function formatted(name: string, text: string): string {
  if (!LITERAL.test(text)) return `\`${text}\``
  const value = Number(text.replace(/_/g, ''))
  return units.find(([suffix]) => suffix.test(name))?.[1](value) ?? String(value)
}

/** What a file's first comment says behind "Source:", up to the end of that sentence; for constants without a comment of their own. */
function sourceOf(text: string): string {
  const header = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1]?.replace(/\n \*/g, ' ').replace(/ +/g, ' ') ?? ''
  return /Source: (.+?)\.?(?: [A-Z]|$)/.exec(header.trim())?.[1] ?? ''
}

/** The constants of one file; those that follow each other share the comment above the first. */
export function figuresOf(file: string, text: string): Figure[] {
  const figures: Figure[] = []
  const general = sourceOf(text)
  let source: string[] = []
  let isFresh = true
  for (const row of text.split('\n')) {
    const comment = COMMENT.exec(row)
    const constant = CONSTANT.exec(row)
    if (comment !== null) {
      if (isFresh) source = []
      isFresh = false
      source.push(comment[1] ?? '')
    } else if (constant !== null) {
      const [, name = '', value = ''] = constant
      figures.push({ name, value: formatted(name, value), source: source.length > 0 ? source.join(' ') : general, file })
      isFresh = true
    } else {
      source = []
      isFresh = true
    }
  }
  return figures
}

/** All of them, policy.ts first. */
export function readFigures(): Figure[] {
  const files = readdirSync(judgement, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort((a, b) => Number(b === 'policy.ts') - Number(a === 'policy.ts') || a.localeCompare(b))
  return files.flatMap((name) => figuresOf(name, readFileSync(path.join(judgement, name), 'utf8')))
}

const BEGIN = '<!-- numbers: npm run policy writes them -->'
const END = '<!-- end of numbers -->'

/** @returns the document with the table of figures between its two marks made anew */
export function withFigures(document: string, figures: readonly Figure[]): string {
  const [head, rest] = document.split(BEGIN)
  const tail = rest?.split(END)[1]
  if (head === undefined || tail === undefined) throw new Error(`docs/policy.md must hold the lines "${BEGIN}" and "${END}"`)
  const cell = (text: string) => text.replace(/\|/g, '\\|')
  const rows = figures.map(({ name, value, source, file }) => `| \`${name}\` | ${value} | ${cell(source)} | ${file} |`)
  return [`${head}${BEGIN}`, '| number | value | source, and why | in |', '|---|---|---|---|', ...rows, `${END}${tail}`].join('\n')
}
