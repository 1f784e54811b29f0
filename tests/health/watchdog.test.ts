import { describe, expect, it } from 'vitest'
import { createWatchdog } from '../../daemon/health/watchdog.js'

const START_MS = 500_000
const watchdog = () => createWatchdog({ intervalMs: 10_000, now: () => START_MS })

describe('the watchdog may be fed', () => {
  it('from the start, until the first absence of eyes was judged', () => {
    expect([watchdog().due(START_MS), watchdog().due(START_MS + 2499), watchdog().due(START_MS + 2500)]).toEqual([true, true, false])
  })

  it('while the judgement advances, for as long as it does', () => {
    const dog = watchdog()
    for (let ms = START_MS; ms < START_MS + 3_600_000; ms += 2000) {
      dog.advanced(ms)
      expect(dog.due(ms + 2000)).toBe(true)
    }
  })

  it('not when the judgement stands still, however often it is asked', () => {
    const dog = watchdog()
    dog.advanced(START_MS + 20_000)
    expect([dog.due(START_MS + 22_499), dog.due(START_MS + 22_500), dog.due(START_MS + 22_501)]).toEqual([true, false, false])
  })

  it('again when it goes on', () => {
    const dog = watchdog()
    expect(dog.due(START_MS + 60_000)).toBe(false)
    dog.advanced(START_MS + 60_000)
    expect(dog.due(START_MS + 60_001)).toBe(true)
  })

  it('not longer because of a late word about an earlier advance', () => {
    const dog = watchdog()
    dog.advanced(START_MS + 20_000)
    dog.advanced(START_MS + 1000)
    expect(dog.due(START_MS + 22_499)).toBe(true)
  })
})
