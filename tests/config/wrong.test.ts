import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkConfigText } from '../../daemon/config/index.js'

const file = new URL('wrong.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const expected = text.split('\n').flatMap((line, i) => {
  const code = /#! (\S+)$/.exec(line)?.[1]
  return code === undefined ? [] : [`${i + 1} ${code}`]
})

describe('a file with every kind of wrong key and value', () => {
  const { config, findings } = checkConfigText(text, 'wrong.yaml')

  it('gives each fault once, at its line, and no other', () => {
    expect(expected.length).toBeGreaterThan(25)
    expect(findings.map(({ line, code }) => `${line} ${code}`)).toEqual(expected)
  })

  it('gives no configuration', () => expect(config).toBeNull())

  it('puts the caret below the name of an unknown key, and below the value otherwise', () => {
    for (const { code, column, length, lineText } of findings) {
      const marked = (lineText ?? '').slice((column ?? 0) - 1, (column ?? 0) - 1 + length)
      const before = (lineText ?? '').slice(0, (column ?? 0) - 1)
      const behind = (lineText ?? '').slice((column ?? 0) - 1 + length)
      expect(marked).not.toBe('')
      if (['unknown-key', 'no-value', 'empty-section'].includes(code)) expect([before.trim(), behind[0]]).toEqual(['', ':'])
      else expect([before.at(-2), behind.slice(0, 3)]).toEqual([expect.stringMatching(/[:-]/), ' #!'])
    }
  })

  it('shows no secret that someone wrote into the file', () => expect(JSON.stringify(findings)).not.toMatch(/hunter/))
})
