import { describe, expect, it } from 'vitest'
import { createRoute } from '../../daemon/fleet/route.js'

// No chance: every wait is as long as it can be.
const retry = { firstMs: 1_000, longestMs: 60_000 }
const route = (...urls: [string, ...string[]]) => createRoute(urls, retry, () => 0)

describe('the route with one broker', () => {
  it('waits twice as long after each try that fails, up to a minute', () => {
    const alone = route('a')
    expect(Array.from({ length: 8 }, () => alone.failed(false))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('tries MQTT 3.1.1 at once where MQTT 5 is refused, and remembers it over a lost line', () => {
    const alone = route('a')
    expect([alone.attempt, alone.failed(true), alone.attempt]).toEqual([{ url: 'a', version: 5 }, 0, { url: 'a', version: 4 }])
    alone.up(alone.attempt)
    expect([alone.lost(60_000), alone.attempt]).toEqual([1_000, { url: 'a', version: 4 }])
  })

  it('comes back to MQTT 5 where both are refused, after a pause', () => {
    const alone = route('a')
    alone.failed(true)
    expect([alone.failed(true), alone.attempt.version]).toEqual([1_000, 5])
  })

  it('counts connections that are lost soon, and waits longer after each', () => {
    const alone = route('a')
    const loseAfter = (ms: number) => {
      alone.up(alone.attempt)
      return [alone.lost(ms), alone.shortLived]
    }
    expect([loseAfter(9_999), loseAfter(9_999), loseAfter(10_000)]).toEqual([
      [1_000, 1],
      [2_000, 2],
      [1_000, 0],
    ])
  })
})

describe('the route with several brokers', () => {
  it('tries each at once, and waits when none was there', () => {
    const three = route('a', 'b', 'c')
    const tried = Array.from({ length: 4 }, () => [three.attempt.url, three.failed(false)])
    expect(tried).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1_000],
      ['a', 0],
    ])
  })

  it('remembers the version of each', () => {
    const two = route('a', 'b')
    two.failed(true)
    two.failed(false)
    expect(two.attempt).toEqual({ url: 'b', version: 5 })
    two.failed(false)
    expect(two.attempt).toEqual({ url: 'a', version: 4 })
  })

  it('begins at the first again when a good line is lost, and passes on from one that hangs up at once', () => {
    const three = route('a', 'b', 'c')
    three.failed(false)
    expect([three.attempt.url, three.isHome]).toEqual(['b', false])
    three.up(three.attempt)
    three.lost(5_000)
    expect(three.attempt.url).toBe('c')
    three.up(three.attempt)
    three.lost(60_000)
    expect([three.attempt.url, three.isHome]).toEqual(['a', true])
  })

  it('is at home when the first has accepted while another one served', () => {
    const two = route('a', 'b')
    two.failed(false)
    two.up(two.attempt)
    two.homeFailed(true)
    expect(two.home).toEqual({ url: 'a', version: 4 })
    two.up(two.home)
    expect([two.isHome, two.attempt]).toEqual([true, { url: 'a', version: 4 }])
  })
})
