import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../daemon/fleet/backoff.js'

const retry = { firstMs: 1_000, longestMs: 60_000 }

describe('the wait before the next try', () => {
  it('doubles up to the longest', () => {
    expect([1, 2, 3, 7, 8, 2000].map((failures) => backoffMs(failures, retry, 0))).toEqual([1_000, 2_000, 4_000, 60_000, 60_000, 60_000])
  })

  it('is up to half shorter by chance, so that a fleet does not come back as one', () => {
    expect(backoffMs(3, retry, 1)).toBe(2_000)
    expect(backoffMs(3, retry, 0.5)).toBe(3_000)
  })
})
