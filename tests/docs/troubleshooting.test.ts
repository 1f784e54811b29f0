/** docs/troubleshooting.md: every code of the program is explained there, and nothing else is; and no code of the program is outside the closed lists. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allCodes, codesOf } from './codes.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8')
const collection = readFileSync(join(ROOT, 'tests/docs/codes.ts'), 'utf8')
const sources = readdirSync(join(ROOT, 'daemon'), { recursive: true, encoding: 'utf8' })
  .map((file) => `daemon/${file}`)
  .filter((file) => file.endsWith('.ts') && !file.startsWith('daemon/aim/page/'))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))

type Row = { codes: string[]; means: string; cure: string }

/** The rows of the table under a heading. */
const rowsUnder = (heading: string): Row[] =>
  (page.split(`\n### ${heading}\n`)[1] ?? '')
    .split(/\n##/)[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, codes = '', means = '', ...rest] = line.split(' | ').flatMap((cell, at) => (at === 0 ? ['', cell] : [cell]))
      return { codes: [...codes.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code), means, cure: (rest.at(-1) ?? '').replace(/ \|$/, '') }
    }) ?? []

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')

/** Every `match[1]` in the sources, with where it stands. */
const found = (pattern: RegExp): string[] =>
  sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, code = '']) => `${code} in ${file}`))

const outside = (pattern: RegExp): string[] => found(pattern).filter((each) => !allCodes.has(each.split(' in ')[0] ?? ''))

describe('docs/troubleshooting.md', () => {
  it.each(Object.entries(codesOf))('has a row for every code under "%s", and no other', (heading, codes) => {
    expect(
      rowsUnder(heading)
        .flatMap((row) => row.codes)
        .sort(),
    ).toEqual([...codes].sort())
  })

  it.each(Object.keys(codesOf))('says what each means and what to do under "%s"', (heading) => {
    for (const { codes, means, cure } of rowsUnder(heading)) expect([codes, means.length > 5, cure.length > 0]).toEqual([codes, true, true])
  })

  it('has no table of codes that nobody collects', () => {
    const headings = [...(page.split('\n## Every code\n')[1]?.matchAll(/^### (.+)$/gm) ?? [])].map(([, heading]) => heading)
    expect(headings).toEqual(Object.keys(codesOf))
  })

  it('leads from what is seen to codes that there are', () => {
    const symptoms = page.split('\n## Every code\n')[0] ?? ''
    const named = [...symptoms.matchAll(/\[`([a-z-]+)`\]/g)].map(([, code = '']) => code)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((code) => !allCodes.has(code))).toEqual([])
  })

  it('links only to headings that are there', () => {
    const anchors = [...page.matchAll(/^###? (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
    const linked = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
    expect(linked.length).toBeGreaterThan(3)
    expect(linked.filter((anchor) => !anchors.includes(anchor))).toEqual([])
  })
})

describe('in the program', () => {
  it('every list of codes is in the collection', () => {
    const lists = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/^export const (\w*(?:[cC]odes|[rR]easons|[cC]onditions|[rR]efusals)) = \[/gm)].map(([, name = '']) => ({
        file,
        name,
      })),
    )
    expect(lists.length).toBeGreaterThan(10)
    for (const { file, name } of lists) {
      expect(collection, `${name} of ${file}`).toMatch(new RegExp(`\\b${name}\\b.*from '../../${file.replace(/\.ts$/, '.js')}'`))
    }
  })

  it('no code is written out that is in no list', () => {
    expect(found(/\bcode(?:: [A-Za-z]+)? ?[:=] ?'([a-z][a-z-]+)'/g).length).toBeGreaterThan(5)
    expect(outside(/\bcode(?:: [A-Za-z]+)? ?[:=] ?'([a-z][a-z-]+)'/g)).toEqual([])
  })

  it('no error is thrown, and no command refused, with a code that is in no list', () => {
    const thrown = /\b(?:new [A-Z]\w*(?:Error|Fault)|refused|refuse|finding)\(\s*'([a-z]+(?:-[a-z]+)*)'/g
    expect(found(thrown).length).toBeGreaterThan(50)
    expect(outside(thrown)).toEqual([])
  })

  it('every class of errors takes its codes from a list, or has one', () => {
    const open = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/readonly code: (?:string|'.*\|.*)/g)].map(([line]) => `${file}: ${line}`),
    )
    expect(open).toEqual([])
  })
})
