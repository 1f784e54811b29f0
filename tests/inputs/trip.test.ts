import { describe, expect, it } from 'vitest'
import { createTrip } from '../../daemon/inputs/trip.js'

/** What a course of ignitions, one a second, comes to: `+` began, `-` ended, `!` the hold is over. */
const course = (ignitions: readonly (boolean | null)[], holdMs: number | null = 3000): string => {
  const trip = createTrip(() => holdMs)
  return ignitions
    .map((ignition, second) => {
      const { news, holdIsOver } = trip.step(ignition, second * 1000)
      return (news === null ? '.' : news.phase === 'began' ? '+' : '-') + (holdIsOver ? '!' : '')
    })
    .join('')
}

const ON = true
const OFF = false

describe('a trip', () => {
  it('begins and ends with the ignition', () => expect(course([OFF, ON, ON, OFF, ON, OFF])).toBe('.+.-+-'))
  it('begins with the daemon where the ignition is unknown, and does not end while it stays so', () =>
    expect(course([null, null, null])).toBe('+..'))
  it('goes on when the ignition is lost', () => expect(course([ON, null, null, ON])).toBe('+...'))
  it('does not begin when the ignition is lost while it was off', () => expect(course([OFF, null, ON])).toBe('..+'))
  it('ends when the daemon stops, once', () => {
    const trip = createTrip(() => null)
    trip.step(ON, 0)
    expect([trip.end(5000), trip.end(6000)]).toEqual([{ phase: 'ended', atMs: 5000 }, null])
  })
  it('that never began does not end', () => {
    const trip = createTrip(() => null)
    trip.step(OFF, 0)
    expect(trip.end(5000)).toBeNull()
  })
})

describe('the power hold', () => {
  it('is over so long after the ignition went off, and not before', () => {
    const trip = createTrip(() => 3000)
    trip.step(OFF, 1000)
    expect([trip.step(OFF, 3999).holdIsOver, trip.step(OFF, 4000).holdIsOver]).toEqual([false, true])
  })
  it('begins anew with each off', () => expect(course([ON, OFF, OFF, ON, OFF, OFF, OFF, OFF])).toBe('+-.+-..' + '.!'))
  it('is broken off when the ignition is lost: unknown counts as driving', () =>
    expect(course([OFF, OFF, null, OFF, OFF, OFF, OFF])).toBe('......' + '.!'))
  it('lasts for ever where the configuration says so', () => expect(course([OFF, OFF, OFF, OFF, OFF], null)).toBe('.....'))
})
