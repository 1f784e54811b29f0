/** What the broker refused: how long each message rests. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAside } from '../../daemon/fleet/aside.js'
import type { Entry } from '../../daemon/fleet/outbox/types.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const message = (id: string): Entry => ({ id, kind: 'alert', seq: 1, level: 2, bootId: 'b', monotonicMs: 0, wallMs: null, payload: '{}' })

const setUp = (most?: number) => {
  const aside = createAside({ retry: { firstMs: 1000, longestMs: 60_000 }, chance: () => 1, onDue: () => undefined, ...(most && { most }) })
  /** ms until it may be sent again. */
  const restOf = (id: string): number => {
    aside.put(message(id))
    for (let ms = 0; ms <= 120_000; ms += 100, vi.advanceTimersByTime(100)) if (aside.next((entry) => entry.id === id)) return ms
    return expect.fail('it rests for ever')
  }
  return { aside, restOf }
}

it('each rests longer with each refusal, and as at first once the broker took it', () => {
  const { aside, restOf } = setUp()
  const first = restOf('a')
  expect(restOf('a')).toBeGreaterThan(1.5 * first)
  expect(restOf('b')).toBe(first)
  aside.forget('a')
  expect(restOf('a')).toBe(first)
})

it('the refusals of messages that never came again are not kept for ever', () => {
  const { restOf } = setUp(2)
  const first = restOf('a')
  expect(restOf('a')).toBeGreaterThan(first)
  for (const id of ['b', 'c', 'd', 'e']) restOf(id)
  expect(restOf('a')).toBe(first)
})
