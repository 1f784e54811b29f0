import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDiskOutbox } from '../../../daemon/fleet/outbox/disk.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { ROOT } from '../examples.js'
import { until } from '../harness.js'
import { outboxContract } from './contract.js'
import { entryNumber, NO_NEWS } from './entries.js'

const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-outbox-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const newFile = () => path.join(folder, `${++files}.sqlite`)

// What the shelf counts for one ordinary event.
const EVENT_BYTES = Buffer.byteLength(entryNumber(1).payload) + 200

const open = (file: string, { capacity = 1000, onNews = (_: OutboxNews) => {} } = {}) =>
  openDiskOutbox({
    file,
    budget: { bytes: capacity * EVENT_BYTES, ageMs: 30 * 86_400_000 },
    onNews,
    onThreadDeath: (error) => {
      throw error
    },
    nowWallMs: () => null,
    threadFile: path.join(ROOT, 'dist/fleet/outbox/thread.js'),
  })

outboxContract('disk', (capacity, onNews) => open(newFile(), { capacity, onNews }))

describe('the outbox on disk', () => {
  it('goes on after a restart where it was, and counts on', async () => {
    const file = newFile()
    const before = await open(file)
    for (const n of [1, 2, 3]) before.put(entryNumber(n))
    const [first] = await before.take(1, NO_NEWS)
    before.acknowledge(first?.id ?? '')
    await before.close()

    const after = await open(file)
    expect([after.depth, after.lastSeq]).toEqual([2, 3])
    expect(await after.take(10, NO_NEWS)).toEqual([entryNumber(2), entryNumber(3)])
    await after.close()
  })

  it('is not readable for others, who would learn who drove and where; one of an earlier version neither', async () => {
    const file = newFile()
    const modes = () => ['', '-wal', '-shm'].map((end) => (statSync(`${file}${end}`).mode & 0o777).toString(8))
    const made = await open(file)
    made.put(entryNumber(1))
    await made.take(1, NO_NEWS)
    expect(modes()).toEqual(['640', '640', '640'])
    await made.close()

    chmodSync(file, 0o644)
    const later = await open(file)
    expect(modes()).toEqual(['640', '640', '640'])
    await later.close()
  })

  it('remembers the last ordinal even when nothing waits any more', async () => {
    const file = newFile()
    const before = await open(file)
    before.put(entryNumber(7))
    for (const { id } of await before.take(1, NO_NEWS)) before.acknowledge(id)
    await before.close()
    const after = await open(file)
    expect([after.depth, after.lastSeq]).toEqual([0, 7])
    await after.close()
  })

  it('starts its thread again when that dies, tells why, and has lost nothing', async () => {
    const deaths: string[] = []
    const file = newFile()
    const outbox = await openDiskOutbox({
      file,
      budget: { bytes: 1e6, ageMs: 1e12 },
      onNews: (news) => expect.fail(JSON.stringify(news)),
      onThreadDeath: ({ message }) => void deaths.push(message),
      nowWallMs: () => null,
      threadFile: path.join(ROOT, 'tests/fleet/fixtures/dying-thread.mjs'),
    })
    outbox.put(entryNumber(1))
    outbox.put(entryNumber(2))
    const asked = outbox.take(1, NO_NEWS)
    await until(
      () => deaths.length > 0,
      () => 'it does not die',
    )
    // Nobody is there now to hear it.
    const askedOfNobody = outbox.take(1, NO_NEWS)
    expect([deaths, outbox.depth]).toEqual([['out of memory'], 2])
    const taken = [...(await asked), ...(await askedOfNobody)].map(({ id }) => id)
    expect(taken).toEqual([entryNumber(1).id, entryNumber(2).id])
    for (const id of taken) outbox.acknowledge(id)
    expect([outbox.depth, outbox.lastSeq]).toEqual([0, 2])
    await outbox.close()
  })

  it('holds messages in memory, says so, and still sends them where there is no folder to write in', async () => {
    const news: OutboxNews[] = []
    const outbox = await open(path.join(folder, 'missing', 'outbox.sqlite'), { onNews: (each) => void news.push(each) })
    outbox.put(entryNumber(1))
    expect(await outbox.take(5, NO_NEWS)).toEqual([entryNumber(1)])
    outbox.acknowledge(entryNumber(1).id)
    expect(outbox.depth).toBe(0)
    expect(news.map(({ what }) => what)).toEqual(['disk-refuses'])
    await outbox.close()
  })
})
