/** A run that goes on must not forget what the one before it had found wrong. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createFindings } from '../../scripts/vehicle/findings.js'

const file = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-findings-')), 'vehicle.json')
const unheard = () => undefined

it('is a table, a JSON, and 0 where every row holds', () => {
  const said: string[] = []
  const findings = createFindings((line) => said.push(line))
  findings.row('it comes up', true, 'after 17 s')
  findings.figures.boot = 17
  expect(findings.end(file)).toBe(0)
  expect(said).toContain('| it comes up | yes | after 17 s |')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    figures: { boot: 17 },
    rows: [{ what: 'it comes up', held: true, found: 'after 17 s' }],
  })
})

it('goes on with what was found before: a row that did not hold then is shown, kept, and makes the exit code 1', () => {
  const before = createFindings(unheard)
  before.row('outputs off', false, 'ON')
  before.figures.boot = 17
  const said: string[] = []
  const findings = createFindings((line) => said.push(line), JSON.parse(JSON.stringify({ rows: before.rows, figures: before.figures })))
  findings.row('it comes up', true)
  expect(findings.end(file)).toBe(1)
  expect(said).toContain('| outputs off | NO | ON |')
  expect(JSON.parse(readFileSync(file, 'utf8')).rows).toHaveLength(2)
  expect(JSON.parse(readFileSync(file, 'utf8')).figures).toEqual({ boot: 17 })
})
