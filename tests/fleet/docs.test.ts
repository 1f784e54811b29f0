import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commandNames } from '../../daemon/fleet/commands/index.js'
import { delivery, published } from '../../daemon/fleet/topics.js'
import { messages } from '../../scripts/schemas/messages.js'
import { ROOT } from './examples.js'

const page = readFileSync(join(ROOT, 'docs/fleet.md'), 'utf8')
const samples = [...page.matchAll(/<!-- sample: (\S+) -->\n```json\n(.*?)```/gs)].map(([, name = '', body = '']) => ({ name, body }))

describe('docs/fleet.md', () => {
  it('shows an example of every message', () => {
    expect(new Set(samples.map(({ name }) => name.split('/')[0]))).toEqual(new Set(messages.map(({ id }) => id)))
  })

  it.each(samples)('shows the sample $name as the tests have it', ({ name, body }) => {
    expect(body).toBe(readFileSync(join(ROOT, `tests/fleet/samples/valid/${name}.json`), 'utf8'))
  })

  it('has no JSON that is not a sample', () => {
    expect(page.match(/```json/g)).toHaveLength(samples.length)
  })

  it.each(published)('tells QoS and retain of %s as the code has them', (topic) => {
    const { qos, retain } = delivery[topic]
    expect(page).toContain(`| \`${topic}\` | ${retain ? 'yes' : 'no'} | ${qos} |`)
  })

  it('tells what each command does', () => {
    for (const name of commandNames.filter((one) => one !== 'config/set')) expect(page).toContain(`\n| \`${name}\` | `)
  })

  it('has configuration that is YAML', () => {
    const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, body = '']) => parse(body))
    expect(blocks).toEqual([
      expect.objectContaining({ vehicle: { fleet: 'city', id: 'bus-12' } }),
      { fleet: expect.objectContaining({ url: expect.stringMatching(/^mqtts:/) }) },
      { fleet: expect.objectContaining({ fallbackUrls: [expect.stringMatching(/^mqtts:/)] }) },
    ])
  })
})
