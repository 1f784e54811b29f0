/** What technicians write wrong: a hundred files, each with where it is said, as what, and the words that help. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { checkConfigFile } from '../../daemon/config/index.js'
import { HUNDRED } from './hundred.js'

const folder = mkdtempSync(join(tmpdir(), 'kantukd-hundred-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('is a hundred different files', () => expect(new Set(HUNDRED.map(({ text }) => text)).size).toBeGreaterThanOrEqual(100))

it.each(HUNDRED)('$text', ({ text, at, says }) => {
  const file = join(folder, 'a.yaml')
  writeFileSync(file, text)
  const { findings } = checkConfigFile(file)
  expect(findings.map(({ line, code }) => `${line} ${code}`)).toEqual(at)
  expect(findings.map(({ message }) => message).join('\n')).toMatch(says)
})
