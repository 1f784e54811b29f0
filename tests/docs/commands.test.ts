/** README and docs name no command, option, npm script, file or key that is not there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configKeys } from '../../daemon/config/keys.js'
import { kantukd } from '../commands/program.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const docs = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
const pages = ['README.md', 'models/MODEL_CARD.md', ...docs.map((name) => `docs/${name}`)].map((name) => ({
  name,
  text: readFileSync(path.join(ROOT, name), 'utf8'),
}))

const COMMAND =
  /\bkantukd (run|replay|classify|check-config|doctor|aim|self-test|healthy|evidence (?:list|show|delete)|outputs-off)\b([^`\n#|→]*)/g
const SCRIPT = /\bnpm run ([a-z0-9:-]+)/g
const FILE = /`((?:scripts|tests|daemon|config|systemd|models)\/[\w./-]+\.\w+)`/g

const keys = configKeys().map((key) => key.path)
const sections = new Set(keys.map((key) => key.split('.')[0]))
// Of an event, not of the configuration.
const EVENT_FIELDS = new Set(['evidence.cause', 'evidence.reason', 'evidence.startedAt'])
const KEY = /`([a-z]+(?:\.[a-zA-Z]+)+)`/g

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))).scripts

/** The help of each command that the docs name. */
const help = new Map<string, string>()
beforeAll(() => {
  for (const { text } of pages)
    for (const [, name = ''] of text.matchAll(COMMAND)) if (!help.has(name)) help.set(name, kantukd([...name.split(' '), '--help']).stdout)
})

describe.each(pages)('$name', ({ text }) => {
  it('names options that the commands have', () => {
    const wrong = [...text.matchAll(COMMAND)].flatMap(([whole, name = '', rest = '']) =>
      (rest.match(/(?<![\w-])--[a-z-]+/g) ?? [])
        .filter((option) => !help.get(name)?.includes(option))
        .map((option) => `${option} in ${whole}`),
    )
    expect(wrong).toEqual([])
  })

  it('names npm scripts that there are', () => {
    expect([...text.matchAll(SCRIPT)].map(([, name = '']) => name).filter((name) => scripts[name] === undefined)).toEqual([])
  })

  it('names files that there are', () => {
    expect([...text.matchAll(FILE)].map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([])
  })

  it('names keys that the configuration has', () => {
    const named = [...text.matchAll(KEY)].map(([, key = '']) => key)
    const wrong = named.filter(
      (key) =>
        sections.has(key.split('.')[0] ?? '') &&
        !/\.(ts|sqlite|json|bad)$/.test(key) &&
        !EVENT_FIELDS.has(key) &&
        !keys.some((each) => each === key || each.startsWith(`${key}.`)),
    )
    expect(wrong).toEqual([])
  })
})

it('the docs name every command', () => {
  expect([...help.keys()].filter((name) => name !== '').length).toBeGreaterThanOrEqual(10)
  for (const [name, text] of help) expect(text, name).toContain('Usage: kantukd')
})
