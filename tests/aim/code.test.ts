import { expect, it } from 'vitest'
import { createCode } from '../../daemon/aim/code.js'

const MINUTE_MS = 60_000

it('is eight digits, another each time', () => {
  const codes = Array.from({ length: 50 }, () => createCode(0).digits)
  expect(codes.every((digits) => /^\d{8}$/.test(digits))).toBe(true)
  expect(new Set(codes).size).toBe(50)
})

it('is right once', () => {
  const code = createCode(0, '12345678')
  expect([code.attempt('12345678', 1), code.attempt('12345678', 2)]).toEqual(['right', 'used'])
})

it.each(['1234 5678', ' 1234-5678 '])('may be typed %j', (typed) => expect(createCode(0, '12345678').attempt(typed, 1)).toBe('right'))

it.each(['', '1234567', '123456789', '87654321', 'let me in'])('is not %j', (typed) => {
  expect(createCode(0, '12345678').attempt(typed, 1)).toBe('wrong')
})

it('is right just before five minutes are over, and expired then', () => {
  expect(createCode(0, '12345678').attempt('12345678', 5 * MINUTE_MS - 1)).toBe('right')
  expect(createCode(0, '12345678').attempt('12345678', 5 * MINUTE_MS)).toBe('expired')
})

it('is void after five wrong tries, also for who then has it right', () => {
  const code = createCode(0, '12345678')
  const tries = ['1', '2', '3', '4', '5', '12345678'].map((typed) => code.attempt(typed, 1))
  expect(tries).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'too-many-tries', 'too-many-tries'])
})
