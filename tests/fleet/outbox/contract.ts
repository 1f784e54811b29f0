/** What every outbox keeps to; each implementation's test calls this. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry, Outbox, OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { until } from '../harness.js'
import { entryNumber, NO_NEWS } from './entries.js'

/** @param create an empty outbox with room for so many ordinary events */
export const outboxContract = (
  name: string,
  create: (capacity: number, onNews: (news: OutboxNews) => void) => Outbox | Promise<Outbox>,
): void => {
  describe(`${name}, as an outbox`, () => {
    let outbox: Outbox
    let news: OutboxNews[]
    const put = (...entries: Entry[]) => {
      for (const entry of entries) outbox.put(entry)
    }
    const take = async (count = 100) => (await outbox.take(count, NO_NEWS)).map(({ seq }) => seq)
    /** Everything that waits, put back afterwards. */
    const waiting = async () => {
      outbox.release()
      const all = await take()
      outbox.release()
      return all
    }
    beforeEach(async () => {
      news = []
      outbox = await create(5, (each) => void news.push(each))
    })
    afterEach(async () => {
      await outbox.close()
    })

    it('is empty at first', async () => {
      expect([outbox.depth, outbox.dropped, outbox.lastSeq, await take()]).toEqual([0, 0, 0, []])
    })

    it('gives back what was put in, whole and in order', async () => {
      const entries = [entryNumber(1), entryNumber(2), entryNumber(3)]
      put(...entries)
      expect(await outbox.take(10, NO_NEWS)).toEqual(entries)
      expect([outbox.depth, outbox.lastSeq]).toEqual([3, 3])
    })

    it('gives no more than it is asked for, and nothing twice', async () => {
      put(entryNumber(1), entryNumber(2), entryNumber(3))
      expect([await take(1), await take(1), await take(5), await take(5)]).toEqual([[1], [2], [3], []])
      expect(outbox.depth).toBe(3)
    })

    it('gives again, from the first on, what was not acknowledged when the line went', async () => {
      put(entryNumber(1), entryNumber(2), entryNumber(3))
      await take(3)
      outbox.acknowledge(entryNumber(2).id)
      outbox.release()
      expect(await take(3)).toEqual([1, 3])
    })

    it('lets go what is acknowledged, in whatever order, and only that', async () => {
      put(entryNumber(1), entryNumber(2), entryNumber(3))
      await take(3)
      outbox.acknowledge(entryNumber(3).id)
      outbox.acknowledge(entryNumber(1).id)
      expect(outbox.depth).toBe(1)
      expect(await waiting()).toEqual([2])
    })

    it('takes an acknowledgement it does not know, or that comes twice, as none', async () => {
      put(entryNumber(1))
      await take()
      outbox.acknowledge(entryNumber(9).id)
      outbox.acknowledge(entryNumber(1).id)
      outbox.acknowledge(entryNumber(1).id)
      expect([await waiting(), outbox.depth, outbox.dropped]).toEqual([[], 0, 0])
    })

    it('takes an entry once', async () => {
      put(entryNumber(1), entryNumber(1))
      expect([await waiting(), outbox.depth]).toEqual([[1], 1])
    })

    it('gives alerts that are news first, then older ones, then summaries', async () => {
      put(entryNumber(1, { kind: 'trip', level: 0 }), entryNumber(2, { bootId: 'earlier' }), entryNumber(3), entryNumber(4), entryNumber(5))
      const taken = await outbox.take(10, { bootId: 'boot', sinceMs: 4_000 })
      expect(taken.map(({ seq }) => seq)).toEqual([4, 5, 2, 3, 1])
    })

    it('drops nothing while there is room', async () => {
      put(...[1, 2, 3, 4, 5].map((n) => entryNumber(n)))
      expect([await waiting(), outbox.dropped]).toEqual([[1, 2, 3, 4, 5], 0])
    })

    it('drops the least severe first when full, counts it and says so', async () => {
      put(...([3, 1, 4, 1, 2, 3] as const).map((level, index) => entryNumber(index + 1, { level })))
      expect([await waiting(), outbox.dropped]).toEqual([[1, 3, 4, 5, 6], 1])
      await until(
        () => news.length > 0,
        () => 'no news',
      )
      expect(news).toEqual([{ what: 'dropped', count: 1, why: 'no-room' }])
    })

    it('drops the oldest among equals', async () => {
      put(...[1, 2, 3, 4, 5, 6, 7].map((n) => entryNumber(n)))
      expect([await waiting(), outbox.dropped]).toEqual([[3, 4, 5, 6, 7], 2])
    })

    it('does not let a notice push out an alarm', async () => {
      put(...[1, 2, 3, 4, 5].map((n) => entryNumber(n, { level: 3 })), entryNumber(6, { level: 1 }))
      expect([await waiting(), outbox.dropped]).toEqual([[1, 2, 3, 4, 5], 1])
    })
  })
}
