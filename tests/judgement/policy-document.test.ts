import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { activeRules } from '../../daemon/judgement/index.js'
import { figuresOf, readFigures, withFigures } from '../../scripts/policy/numbers.js'

const document = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8')

describe('docs/policy.md', () => {
  it('holds every number of the judgement as the code has it; after a change: npm run policy', () => {
    expect(withFigures(document, readFigures())).toBe(document)
  })

  it('has a row for every rule that can be raised', () => {
    expect(activeRules.filter((rule) => !document.includes(`\n| \`${rule}\` |`))).toEqual([])
  })

  it('shows every number with a source', () => {
    expect(readFigures().filter(({ source }) => source === '')).toEqual([])
  })
})

it('constants that follow each other share the comment above the first', () => {
  const text = '// Own: because\nexport const A_MS = 1_500\nconst B_SHARE = 0.6\n\n// Other\nexport const C = A_MS / 2'
  expect(figuresOf('x.ts', text)).toEqual([
    { name: 'A_MS', value: '1.5 s', source: 'Own: because', file: 'x.ts' },
    { name: 'B_SHARE', value: '60 %', source: 'Own: because', file: 'x.ts' },
    { name: 'C', value: '`A_MS / 2`', source: 'Other', file: 'x.ts' },
  ])
})
