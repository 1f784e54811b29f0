/** What the outbox says of itself: what, where, what to do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openOutbox } from '../../../daemon/fleet/outbox/index.js'
import { newsSentence } from '../../../daemon/fleet/outbox/news.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { keepLog, until } from '../harness.js'
import { entryNumber } from './entries.js'

const FILE = '/var/lib/kantukd/outbox.sqlite'
const threadFile = fileURLToPath(new URL('../../../dist/fleet/outbox/thread.js', import.meta.url))

it.each<[OutboxNews, 'info' | 'warn' | 'error', RegExp]>([
  [{ what: 'dropped', count: 1, why: 'no-room' }, 'warn', /gave up 1 message because there is no more room \(the least severe/],
  [{ what: 'dropped', count: 7, why: 'too-old' }, 'warn', /gave up 7 messages because they were too old \(see fleet\.outbox\.maxDays\)/],
  [{ what: 'dropped', count: 1, why: 'spoilt' }, 'warn', /gave up 1 message because the file is spoilt there/],
  [
    { what: 'disk-refuses', message: 'full' },
    'error',
    /outbox \/var\/lib\/kantukd\/outbox\.sqlite cannot be written \(full\).*read-only\?/,
  ],
  [{ what: 'disk-accepts', held: 3 }, 'info', /can be written again; 3 messages held in memory went there/],
  [
    { what: 'set-aside', file: 'aside', message: 'torn', saved: 1 },
    'error',
    /was spoilt \(torn\): it was set aside as aside, .* 1 message saved/,
  ],
  [{ what: 'seq-leaps', to: 99 }, 'warn', /it goes on after 99/],
])('%o: %s', (news, level, sentence) => {
  expect(newsSentence(news, FILE)).toEqual({ level, sentence: expect.stringMatching(sentence) })
})

it('names the memory where there is no file', () =>
  expect(newsSentence({ what: 'disk-accepts', held: 1 }, null).sentence).toContain('outbox memory'))

describe('an outbox that is opened', () => {
  const nowWallMs = () => null
  const limits = { maxMb: 5, maxDays: 30 }

  it('without a file says that nothing outlives the daemon', async () => {
    const { log, lines } = keepLog()
    const outbox = await openOutbox({ ...limits, file: null }, { log, nowWallMs })
    outbox.put(entryNumber(1))
    expect([outbox.depth, lines[0]]).toEqual([1, { level: 'warn', message: expect.stringContaining('do not outlive the daemon') }])
    await outbox.close()
  })

  it('that is spoilt logs so, as what it is: no fault of the disk', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-news-'))
    const file = path.join(folder, 'outbox.sqlite')
    writeFileSync(file, 'no database')
    const { log, lines } = keepLog()
    const outbox = await openOutbox(
      { ...limits, file },
      { log, nowWallMs, threadFile, onDisk: () => expect.fail('told as a disk that refuses') },
    )
    expect(lines.map(({ message }) => message)).toEqual([
      expect.stringContaining('it goes on after'),
      expect.stringContaining('was spoilt'),
    ])
    await outbox.close()
    rmSync(folder, { recursive: true })
  })

  it('in a folder that is not there logs that the disk refuses, or tells it to who asked to be told', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-news-')), 'not-there', 'outbox.sqlite')
    const logged = keepLog()
    const quiet = await openOutbox({ ...limits, file }, { log: logged.log, nowWallMs, threadFile })
    await until(
      () => logged.lines.length > 0,
      () => 'nothing logged',
    )
    expect(logged.lines).toEqual([{ level: 'error', message: expect.stringMatching(/cannot be written/) }])
    await quiet.close()

    const { log, lines } = keepLog()
    const told: [boolean, string][] = []
    const outbox = await openOutbox({ ...limits, file }, { log, nowWallMs, threadFile, onDisk: (...one) => void told.push(one) })
    await until(
      () => told.length > 0,
      () => 'nothing told',
    )
    expect([told, lines]).toEqual([[[true, expect.stringMatching(/cannot be written/)]], []])
    await outbox.close()
  })
})
