/** Brings what waits in the outbox to the broker: news first, several under way at once, and each goes only when the broker has acknowledged it. */

import { reasonOf } from '../reason-of.js'
import type { Log } from './log-port.js'
import type { Entry, Live, Outbox } from './outbox/types.js'

export type SenderOptions = {
  outbox: Outbox
  /** Resolves on the broker's acknowledgement. */
  send: (entry: Entry) => Promise<void>
  /** What is news at this moment. */
  live: () => Live
  log: Log
  /** Pause after a broker that is there refused a message. Default 5 s. */
  retryMs?: number
}

export interface Sender {
  /** There is something new. Returns at once. */
  wake(): void
  /** What the broker refused is sent again now, not after the pause. Returns at once. */
  retry(): void
  /** While on, alerts alone are sent; summaries wait where they are. */
  hold(isOn: boolean): void
  /** Whether there is a connection; sends what waits as soon as there is. */
  online(isOnline: boolean): void
  /** Resolves when nothing waits any more, or nothing more will be sent, or after `withinMs`. */
  settle(withinMs: number): Promise<void>
  close(): void
}

const RETRY_MS = 5_000
// Own: a day's backlog (1,440) is through within a minute on a line with 600 ms a round trip; below the 20 that Mosquitto takes at once.
const UNDER_WAY = 16

/** Idle until told that there is a connection. */
export const createSender = ({ outbox, send, live, log, retryMs = RETRY_MS }: SenderOptions): Sender => {
  const flights = new Set<Promise<void>>()
  let isOnline = false
  let isHolding = false
  let closed = false
  let pumping = false
  let pumped: Promise<void> = Promise.resolve()
  let again = false
  let pausing: NodeJS.Timeout | undefined
  // While what was refused goes back, nothing new is started: it would go back with it, and be sent twice.
  let returning = false
  // What was complained of on this connection: once is enough.
  let told: string | null = null

  const complain = (error: unknown): void => {
    const message = reasonOf(error)
    // Without a connection it is the link that says why, and that wakes us again.
    if (!isOnline || closed) {
      log.debug(message)
      return
    }
    if (told !== message) log.warn(`${message} It is kept and sent again.`)
    told = message
    pausing ??= setTimeout(resume, retryMs)
  }

  /** Refused messages wait again. Those under way first have their answer, or they would be sent twice. */
  const resume = async (): Promise<void> => {
    if (returning) return
    returning = true
    await Promise.allSettled([pumped, ...flights])
    pausing = undefined
    outbox.release()
    returning = false
    wake()
  }

  const start = (entry: Entry): void => {
    const flight = send(entry)
      .then(() => outbox.acknowledge(entry.id), complain)
      .finally(() => {
        flights.delete(flight)
        wake()
      })
    flights.add(flight)
  }

  const pump = async (): Promise<void> => {
    do {
      again = false
      const room = UNDER_WAY - flights.size
      // A summary that is held is taken and not sent, until it goes back with the others.
      if (room > 0) for (const entry of await outbox.take(room, live())) if (!isHolding || entry.kind === 'alert') start(entry)
    } while (again && mayStart() && flights.size < UNDER_WAY)
    pumping = false
  }

  const mayStart = (): boolean => isOnline && !closed && pausing === undefined && !returning

  const wake = (): void => {
    if (!mayStart()) return
    again = true
    if (pumping) return
    pumping = true
    pumped = pump().catch(complain)
  }

  const isIdle = (): boolean => !isOnline || closed || (flights.size === 0 && !pumping && !returning && pausing === undefined)

  return {
    wake,
    retry: () => {
      clearTimeout(pausing)
      if (isOnline) void resume()
    },
    hold: (isOn) => {
      if (isOn === isHolding) return
      isHolding = isOn
      if (!isOn && isOnline) void resume()
    },
    online: (value) => {
      if (value === isOnline) return
      isOnline = value
      told = null
      clearTimeout(pausing)
      pausing = undefined
      // What the old line has not answered by now it never will.
      if (value) void resume()
    },
    settle: async (withinMs) => {
      const end = performance.now() + withinMs
      while (!isIdle() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    close: () => {
      closed = true
      clearTimeout(pausing)
    },
  }
}
