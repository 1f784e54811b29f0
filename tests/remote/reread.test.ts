/** A configuration that was edited in the vehicle and is read anew: with real files, and daemons as the test wants them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { changeSentence } from '../../daemon/remote/reread.js'
import { until } from '../fleet/harness.js'
import { begin, type Manners, OLD } from './supervised.js'

const DEBUG = OLD.replace('info', 'debug')

const told = (story: readonly string[], step: string) =>
  until(
    () => story.includes(step),
    () => story.join('\n'),
  )

describe('a configuration that is read anew', () => {
  it('is put into force without a restart where that can be, and told in one sentence', async () => {
    const { edit, story } = begin(() => ({ changes: true }))
    edit(DEBUG)
    await told(story, 'proven debug')
    expect(story).toEqual([
      'starts info',
      'goes by debug',
      'The configuration was read anew: log.level changed; begun anew: the log.',
      'config-not-taken does not stand',
      'config-last-good does not stand',
      'proven debug',
    ])
  })

  it('begins the daemon anew where it must', async () => {
    const { edit, story } = begin(() => ({}))
    edit(DEBUG)
    await told(story, 'proven debug')
    expect(story.slice(0, 3)).toEqual(['starts info', 'makes way info', 'starts debug'])
  })

  it('and is wrong leaves all as it was, says where it is wrong, and stands in health until it is right', async () => {
    const { edit, story } = begin(() => ({ changes: true }))
    edit('log:\n  levl: debug\n')
    await told(story, 'config-not-taken stands')
    expect(story[1]).toMatch(/^The configuration cannot be used.*kantukd\.yaml:2:3: error\[unknown-key\][\s\S]*\^/)
    edit(OLD)
    await told(story, 'config-not-taken does not stand')
    expect(story.filter((step) => step.startsWith('goes by'))).toEqual([])
  })

  it.each<[string, (level: string) => Manners]>([
    ['a part', () => ({ changes: 'line 99: there is no such line' })],
    ['a daemon begun anew', (level) => (level === 'debug' ? { fails: 'line 99: there is no such line' } : {})],
  ])('and is refused by %s leaves the old one in force', async (_, manners) => {
    const { edit, story } = begin(manners)
    edit(DEBUG)
    await told(story, 'config-not-taken stands')
    expect(story.at(-2)).toBe(
      'The configuration cannot be put into force, and what was in force goes on [config-not-taken]: line 99: there is no such line',
    )
    expect(story.filter((step) => step.startsWith('starts')).at(-1)).toBe('starts info')
  })

  it('waits while a warning stands, says so, and goes by the newest edit then', { timeout: 30_000 }, async () => {
    const calm = { is: false }
    const { edit, story } = begin(() => ({ changes: true, isCalm: () => calm.is }))
    edit(DEBUG)
    await until(
      () => story.some((step) => step.startsWith('The change of log.level waits: a warning stands')),
      () => story.join('\n'),
      10_000,
    )
    edit(OLD.replace('info', 'trace'))
    await sleep(2000)
    expect(story.filter((step) => step.startsWith('goes by'))).toEqual([])
    calm.is = true
    await told(story, 'proven trace')
    expect(story.filter((step) => step.startsWith('goes by'))).toEqual(['goes by trace'])
  })

  it('is left alone when the daemon is stopped meanwhile', async () => {
    const { edit, stop, story } = begin(() => ({ changes: true, isCalm: () => false }))
    edit(DEBUG)
    await sleep(1000)
    await stop()
    expect(story).toEqual(['starts info', 'over: SIGTERM', 'stops info'])
  })

  it('is one request, however often it is asked for in a row', async () => {
    const { edit, story } = begin(() => ({ changes: true }))
    for (let asked = 0; asked < 20; asked += 1) edit(OLD)
    await sleep(1500)
    expect(story.filter((step) => step.includes('read anew'))).toHaveLength(1)
  })
})

it('the sentence names what changed and what was begun anew', () => {
  expect(changeSentence({ paths: ['log.level'], anew: [] })).toBe(
    'The configuration was read anew: log.level changed; nothing had to be begun anew.',
  )
  expect(changeSentence({ paths: ['fleet.url', 'health.port', 'log.level'], anew: ['the health page', 'the line to the broker'] })).toBe(
    'The configuration was read anew: fleet.url, health.port and log.level changed; begun anew: the health page and the line to the broker.',
  )
})
