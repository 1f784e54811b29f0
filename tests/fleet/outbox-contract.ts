/** What every outbox keeps to; each implementation's test calls this. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Outbox } from '../../daemon/fleet/outbox.js'
import { buildEvent, type Event } from '../../daemon/fleet/payloads/event.js'
import type { Level } from '../../daemon/judgement/decision.js'
import { decision, eventFacts } from './examples.js'

/** The n-th event, its id telling n. */
export const eventNumber = (n: number, level: Level = 2): Event =>
  buildEvent(decision({ level }), eventFacts({ seq: n, id: `019ab1c2-3d4e-7f60-8a1b-${String(n).padStart(12, '0')}` }))

/** @param create an empty outbox with room for so many events */
export const outboxContract = (name: string, create: (capacity: number) => Outbox): void => {
  describe(`${name}, as an outbox`, () => {
    let outbox: Outbox
    const put = (...events: Event[]) => events.forEach((event) => void outbox.put(event))
    const waiting = () => outbox.peek(100).map(({ seq }) => seq)
    beforeEach(() => {
      outbox = create(5)
    })

    it('is empty at first', () => {
      expect([outbox.depth, outbox.dropped, outbox.peek(10)]).toEqual([0, 0, []])
    })

    it('gives back what was put in, whole and in order', () => {
      const events = [eventNumber(1), eventNumber(2), eventNumber(3)]
      put(...events)
      expect(outbox.peek(10)).toEqual(events)
      expect(outbox.depth).toBe(3)
    })

    it('gives no more than it is asked for, and keeps all', () => {
      put(eventNumber(1), eventNumber(2), eventNumber(3))
      expect([outbox.peek(0), outbox.peek(1).map(({ seq }) => seq), outbox.peek(2).map(({ seq }) => seq)]).toEqual([[], [1], [1, 2]])
      expect(outbox.depth).toBe(3)
    })

    it('lets go what is acknowledged, in whatever order, and only that', () => {
      put(eventNumber(1), eventNumber(2), eventNumber(3))
      outbox.acknowledge(eventNumber(2).id)
      expect(waiting()).toEqual([1, 3])
      outbox.acknowledge(eventNumber(1).id)
      expect(waiting()).toEqual([3])
    })

    it('takes an acknowledgement it does not know, or that comes twice, as none', () => {
      put(eventNumber(1))
      outbox.acknowledge(eventNumber(9).id)
      outbox.acknowledge(eventNumber(1).id)
      outbox.acknowledge(eventNumber(1).id)
      expect([outbox.depth, outbox.dropped]).toEqual([0, 0])
    })

    it('takes an event once', () => {
      put(eventNumber(1), eventNumber(1))
      expect(outbox.depth).toBe(1)
    })

    it('drops nothing while there is room', () => {
      put(...[1, 2, 3, 4, 5].map((n) => eventNumber(n)))
      expect([waiting(), outbox.dropped]).toEqual([[1, 2, 3, 4, 5], 0])
    })

    it('drops the least severe first when full, and counts it', () => {
      put(eventNumber(1, 3), eventNumber(2, 1), eventNumber(3, 4), eventNumber(4, 1), eventNumber(5, 2), eventNumber(6, 3))
      expect([waiting(), outbox.dropped]).toEqual([[1, 3, 4, 5, 6], 1])
    })

    it('drops the oldest among equals', () => {
      put(...[1, 2, 3, 4, 5, 6, 7].map((n) => eventNumber(n)))
      expect([waiting(), outbox.dropped]).toEqual([[3, 4, 5, 6, 7], 2])
    })

    it('does not let a notice push out an alarm', () => {
      put(...[1, 2, 3, 4, 5].map((n) => eventNumber(n, 3)), eventNumber(6, 1))
      expect([waiting(), outbox.dropped]).toEqual([[1, 2, 3, 4, 5], 1])
    })
  })
}
