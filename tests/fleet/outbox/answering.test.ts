/** What the thread answers, without a thread: real keeper and file, and a clock that the test moves. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAnswering } from '../../../daemon/fleet/outbox/answering.js'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { FromThread } from '../../../daemon/fleet/outbox/protocol.js'
import { entryNumber, NO_NEWS } from './entries.js'

const DAY_MS = 86_400_000
const boot = { bootId: 'boot', monotonicMs: () => 60_000 }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const begun = (mayOpen = { now: true }) => {
  const said: FromThread[] = []
  const ends: string[] = []
  const answer = createAnswering({
    keeperWith: (nowWallMs) =>
      createKeeper({
        file: path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-answering-')), 'outbox.sqlite'),
        open(name) {
          if (!mayOpen.now) throw new Error('the disk is full')
          return openDiskShelf(name, { bytes: 1e6, ageMs: DAY_MS }, boot)
        },
        spare: createMemoryShelf(),
        onNews: (news) => said.push({ type: 'news', news }),
        nowWallMs,
      }),
    say: (message) => said.push(message),
    end: () => ends.push('ended'),
  })
  const put = (...numbers: number[]) => {
    for (const n of numbers) answer({ type: 'put', entry: entryNumber(n) })
  }
  const idsOf = (type: 'kept' | 'gone') => said.flatMap((message) => (message.type === type ? [message.ids] : []))
  const whats = () => said.flatMap((message) => (message.type === 'news' ? [message.news.what] : []))
  return { answer, said, ends, put, idsOf, whats }
}
const id = (n: number) => entryNumber(n).id

it('says that it is ready before it is asked anything', () => {
  const { said } = begun()
  expect(said).toEqual([{ type: 'ready', standing: [], depth: 0, dropped: 0, lastSeq: 0 }])
})

it('keeps all that came in one turn together, and says so once', () => {
  const { put, idsOf } = begun()
  put(1, 2, 3)
  expect(idsOf('kept')).toEqual([])
  vi.runOnlyPendingTimers()
  expect(idsOf('kept')).toEqual([[id(1), id(2), id(3)]])
})

it('gives what has just arrived to one who asks in the same turn, kept first', () => {
  const { answer, said, put } = begun()
  put(1)
  answer({ type: 'take', ask: 7, count: 5, live: NO_NEWS })
  expect(said.map(({ type }) => type)).toEqual(['ready', 'kept', 'taken'])
  expect(said.at(-1)).toMatchObject({ ask: 7, entries: [{ id: id(1) }] })
})

describe('acknowledgements', () => {
  it('are written together, a second after the first', () => {
    const { answer, put, idsOf } = begun()
    put(1, 2, 3)
    answer({ type: 'take', ask: 1, count: 3, live: NO_NEWS })
    answer({ type: 'acknowledge', id: id(1) })
    vi.advanceTimersByTime(900)
    answer({ type: 'acknowledge', id: id(2) })
    expect(idsOf('gone')).toEqual([])
    vi.advanceTimersByTime(100)
    expect(idsOf('gone')).toEqual([[id(1), id(2)]])
  })

  it('are written at once before what was taken is taken back', () => {
    const { answer, put, said, idsOf } = begun()
    put(1, 2)
    answer({ type: 'take', ask: 1, count: 2, live: NO_NEWS })
    answer({ type: 'acknowledge', id: id(1) })
    answer({ type: 'release' })
    expect(idsOf('gone')).toEqual([[id(1)]])
    answer({ type: 'take', ask: 2, count: 2, live: NO_NEWS })
    expect(said.at(-1)).toMatchObject({ type: 'taken', entries: [{ id: id(2) }] })
  })
})

it('gives up what is too old as soon as the clock is known, and every hour', () => {
  const { answer, whats } = begun()
  const wallMs = Date.parse('2026-11-24T21:06:00Z')
  answer({ type: 'put', entry: entryNumber(1, { bootId: 'before', wallMs }) })
  vi.advanceTimersByTime(3_600_000)
  expect(whats()).toEqual([])
  answer({ type: 'clock', wallMs: wallMs + DAY_MS / 2 })
  vi.advanceTimersByTime(0)
  expect(whats()).toEqual([])
  answer({ type: 'clock', wallMs: wallMs + 2 * DAY_MS })
  vi.advanceTimersByTime(3_600_000)
  expect(whats()).toEqual(['dropped'])
})

it('tries a disk that refused again after 5 s', () => {
  const mayOpen = { now: false }
  const { put, whats } = begun(mayOpen)
  put(1)
  mayOpen.now = true
  vi.advanceTimersByTime(5000)
  expect(whats()).toEqual(['disk-refuses', 'disk-accepts'])
})

it('writes what it has before it ends, and is the last to speak', () => {
  const { answer, put, said, ends } = begun()
  put(1, 2)
  answer({ type: 'take', ask: 1, count: 1, live: NO_NEWS })
  answer({ type: 'acknowledge', id: id(1) })
  put(3)
  answer({ type: 'close' })
  expect(said.map(({ type }) => type)).toEqual(['ready', 'kept', 'taken', 'kept', 'gone', 'closed'])
  expect(said.at(-2)).toMatchObject({ type: 'gone', depth: 2 })
  expect(ends).toEqual(['ended'])
  vi.advanceTimersByTime(7_200_000)
  expect(said.at(-1)).toEqual({ type: 'closed' })
})

it('takes no message that it does not know', () => {
  const { answer } = begun()
  expect(() => answer({ type: 'steal' })).toThrow(/type/)
})
