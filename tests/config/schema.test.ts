import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkConfigText, defaultConfig, formatFindings } from '../../daemon/config/index.js'
import { configKeys } from '../../daemon/config/keys.js'
import { valueAt } from '../../daemon/config/values.js'
import { renderTable, renderYaml } from './render.js'

const root = new URL('../../', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8')
const keys = configKeys()

describe('every key', () => {
  it.each(keys.map((key) => [key.path, key] as const))('%s has a description and its default', (path, key) => {
    expect(key.description).not.toBe('')
    if (!key.section) expect(valueAt(defaultConfig(), path.split('.'))).toEqual(key.default)
  })

  it.each(keys.filter(({ default: value }) => typeof value === 'number').map((key) => [key.path, key] as const))(
    '%s, a number, has a range and a unit',
    (path, key) => {
      expect(key.range).toMatch(/\d to \d|\d, \d/)
      expect(path).toMatch(/(Px|Ms|Mb|Seconds|minutes|Days|Degrees|Share|fps|perKm|closedAbove|fromLevel|sensor|line|port)$/)
    },
  )
})

describe('the annotated default', () => {
  it('is what the schema says (npx vitest -u writes it anew)', () => expect(renderYaml()).toMatchFileSnapshot('../../config/kantukd.yaml'))

  it('sets every key, to exactly its default, without a finding', () => {
    const text = read('config/kantukd.yaml')
    expect(checkConfigText(text, 'kantukd.yaml')).toEqual({ config: defaultConfig(), findings: [] })
    expect(parse(text)).toEqual(defaultConfig())
  })

  it('with a wrong key at its end is refused with the line', () => {
    const text = `${read('config/kantukd.yaml')}buzer_pin: 17\n`
    const line = text.split('\n').length - 1
    const { config, findings } = checkConfigText(text, 'a.yaml')
    expect(config).toBeNull()
    expect(formatFindings(findings)).toBe(
      `a.yaml:${line}:1: error[unknown-key]: there is no key buzer_pin; did you mean alarm.buzzer.line?\n` +
        `  ${line} | buzer_pin: 17\n      | ^^^^^^^^^\n1 error, 0 warnings`,
    )
  })
})

describe('the schema for editors', () => {
  // `npm test` compares the file with the code (scripts/schemas.ts --check); here, that a validator other than ours agrees with it.
  const validate = new Ajv({ strictTypes: false }).compile(JSON.parse(read('config/kantukd.schema.json')))

  it.each(readdirSync(new URL('config/', root)).filter((name) => name.endsWith('.yaml')))('finds %s right, and names it', (name) => {
    expect(validate(parse(read(`config/${name}`)))).toBe(true)
    expect(read(`config/${name}`)).toMatch(/^# yaml-language-server: \$schema=kantukd\.schema\.json\n/)
  })

  it.each(['buzer: 17', 'camera: {fps: 3}', 'log: {level: loud}', 'judgement: {microsleepSeconds: 1s}', 'vehicle: {id: B 12}'])(
    'finds %s wrong',
    (text) => expect(validate(parse(text))).toBe(false),
  )
})

describe('the profiles', () => {
  it.each(readdirSync(new URL('config/', root)).filter((name) => name.endsWith('.yaml')))('%s is without a finding', (name) => {
    const { config, findings } = checkConfigText(read(`config/${name}`), name)
    expect(formatFindings(findings)).toBe('0 errors, 0 warnings')
    expect(config).not.toBeNull()
  })
})

describe('docs/configuration.md', () => {
  const rows = read('docs/configuration.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))

  it('has the table of keys as the schema has it', () => {
    const table = renderTable()
    expect(rows.filter((row) => table.includes(row))).toEqual(table)
    expect(rows.filter((row) => /^\| `\w+\./.test(row))).toEqual(table)
  })
})
