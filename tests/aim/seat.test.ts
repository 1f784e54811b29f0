import { expect, it } from 'vitest'
import type { Trace } from '../../daemon/aim/messages.js'
import { createSeat } from '../../daemon/aim/page/seat.js'

/** Traces at 10 a second. */
const eyes = (state: Trace[2], fromMs: number, toMs: number): Trace[] =>
  Array.from({ length: Math.round((toMs - fromMs) / 100) + 1 }, (_, index) => [
    fromMs + index * 100,
    state === 'closed' ? 0.97 : 0.03,
    state,
  ])

const asked = (...traces: Trace[][]) => {
  const seat = createSeat()
  seat.ask(0)
  for (const part of traces) seat.follow(part)
  return seat.state
}

it('waits until something is asked, and is not moved by closures before', () => {
  const seat = createSeat()
  seat.follow(eyes('closed', 0, 5000))
  expect(seat.state).toBe('idle')
})

it('says yes when the watched face closes its eyes for a second', () =>
  expect(asked(eyes('open', 0, 3000), eyes('closed', 3100, 4100))).toBe('yes'))

it('does not take blinks for an answer', () => {
  expect(asked(eyes('closed', 0, 900), eyes('open', 1000, 1100), eyes('closed', 1200, 2100), eyes('open', 2200, 2300))).toBe('waiting')
})

it('says no after twelve seconds of open eyes', () => {
  expect(asked(eyes('open', 0, 11_900))).toBe('waiting')
  expect(asked(eyes('open', 0, 12_000))).toBe('no')
})

it('a face that is not seen is no answer', () => expect(asked(eyes('unseen', 0, 12_000))).toBe('no'))

it('can be asked again', () => {
  const seat = createSeat()
  seat.ask(0)
  seat.follow(eyes('open', 0, 12_000))
  seat.ask(12_000)
  seat.follow(eyes('closed', 12_100, 13_200))
  expect(seat.state).toBe('yes')
})
