/** What judges the vehicle in a box must be able to find a loss, a hole and an output that stays on. */
import { describe, expect, it } from 'vitest'
import { accountOf, type Numbered, numberedOf } from '../../scripts/vehicle/account.js'
import { type Edge, edgeOf, isOnAfter, offFrom, risesIn } from '../../scripts/vehicle/edges.js'

const message = (seq: number, id = `id ${seq}`): Numbered => ({ seq, id })
const edges = (...list: readonly [atMs: number, line: number, isOn: boolean][]): Edge[] =>
  list.map(([atMs, line, isOn]) => ({ atMs, line, isOn }))

describe('what the emulator says', () => {
  it('is an edge where an interrupt line changes', () => {
    expect(edgeOf('IRQ raise 0', 5)).toEqual({ line: 0, isOn: true, atMs: 5 })
    expect(edgeOf('IRQ lower 12\r', 6)).toEqual({ line: 12, isOn: false, atMs: 6 })
  })

  it.each(['OK', 'OK 0x0', 'FAIL Unknown command', 'IRQ raise', 'IRQ raise x', ''])('is none in "%s"', (text) => {
    expect(edgeOf(text, 0)).toBeNull()
  })
})

describe('the outputs', () => {
  const beep = edges([10, 0, true], [12, 1, true], [20, 0, false], [22, 1, false])

  it('are off before anything is said, and as the last edge left them', () => {
    expect(isOnAfter([], 0)).toBe(false)
    expect([0, 1].map((line) => isOnAfter(beep.slice(0, 3), line))).toEqual([false, true])
  })

  it('are off when the last of them is, and not before the moment that is asked about', () => {
    expect(offFrom(beep, [0, 1], 15, 100)).toBe(22)
    expect(offFrom(beep, [0, 1], 50, 100)).toBe(50)
    expect(offFrom([], [0, 1], 15, 100)).toBe(15)
  })

  it('are not off where one was on at the end, though it went off later', () => {
    expect(offFrom(beep, [0, 1], 0, 21)).toBeNull()
    expect(offFrom(beep, [0], 0, 21)).toBe(20)
  })

  it('are counted by their rises: a tone that goes on is none', () => {
    expect(risesIn(edges([1, 0, true], [2, 0, false], [3, 1, true], [4, 0, true], [5, 0, true]), 0, 2, 9)).toBe(1)
    expect(risesIn(beep, 0, 11, 30)).toBe(0)
  })
})

describe('the account', () => {
  it('is clean where all that was seen came, in whatever order and however often', () => {
    const received = [message(2), message(1), message(3), message(2)]
    expect(accountOf([message(1), message(1), message(3)], received)).toEqual({
      seen: 2,
      arrived: 3,
      lost: [],
      holes: [],
      conflicts: [],
      doubles: 1,
    })
  })

  it('finds what was in the outbox and never came', () => {
    expect(accountOf([message(2), message(4)], [message(1), message(2)]).lost).toEqual([message(4)])
  })

  it('finds a number under which nothing came, though nobody saw it in the outbox', () => {
    expect(accountOf([], [message(1), message(4)]).holes).toEqual([2, 3])
  })

  it('finds a number that was given twice, and a message that has two', () => {
    expect(accountOf([], [message(1, 'a'), message(1, 'b')]).conflicts).toEqual([1])
    expect(accountOf([], [message(1, 'a'), message(2, 'a')]).conflicts).toEqual([1, 2])
  })

  it('is not misled by an event that the power tore out of the outbox, whose number is another’s now: it was seen there', () => {
    const { lost, conflicts } = accountOf([message(3, 'torn'), message(3, 'next')], [message(1), message(2), message(3, 'next')])
    expect({ lost, conflicts }).toEqual({ lost: [message(3, 'torn')], conflicts: [] })
  })
})

describe('the witness', () => {
  const id = '0190163d-8694-739b-aea5-966c26f8ad91'
  it('says number and id', () => expect(numberedOf(`17 ${id}`)).toEqual({ seq: 17, id }))
  it.each(['', '17', `17 ${id.slice(0, 20)}`, `${id}`, 'Error: database is locked'])('says nothing in "%s"', (line) =>
    expect(numberedOf(line)).toBeNull(),
  )
})
