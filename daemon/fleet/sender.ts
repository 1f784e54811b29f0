/** Brings what waits in the outbox to the broker: news first, several under way at once, and each goes only when the broker has acknowledged it. */

import { reasonOf } from '../reason-of.js'
import { createAside } from './aside.js'
import { isOfLine, isRefusal } from './errors.js'
import type { Log } from './log-port.js'
import { isNews } from './outbox/order.js'
import type { Entry, Live, Outbox } from './outbox/types.js'

export type SenderOptions = {
  outbox: Outbox
  /** Resolves on the broker's acknowledgement. */
  send: (entry: Entry) => Promise<void>
  /** What is news at this moment. */
  live: () => Live
  log: Log
  /** Rest of a message after the broker refused it for the first time; it doubles with each, up to 5 minutes. Default 5 s. */
  retryMs?: number
  /** 0..1, spreads these; default Math.random. */
  chance?: () => number
}

export interface Sender {
  /** There is something new; an alarm of now does not wait for a place behind others. Returns at once. */
  wake(isAlarm: boolean): void
  /** What the broker refused is sent again now, not after its rest. Returns at once. */
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
// Own: an access list that was mended, a quota that was renewed: seen within minutes.
const LONGEST_RETRY_MS = 300_000
// Own: a day's backlog (1,440) is through within a minute on a line with 600 ms a round trip.
const OTHERS_UNDER_WAY = 16
// Own: with four places that are for news alone, it is the 20 that Mosquitto takes at once.
const UNDER_WAY = 20

/** Idle until told that there is a connection. */
export const createSender = ({ outbox, send, live, log, retryMs = RETRY_MS, chance = Math.random }: SenderOptions): Sender => {
  const aside = createAside({ retry: { firstMs: retryMs, longestMs: LONGEST_RETRY_MS }, chance, onDue: () => wake(false) })
  /** Under way, by id; true: it took a place of the others. */
  const flights = new Map<string, boolean>()
  /** Taken out of the outbox for a place that was not there. */
  let waiting: Entry[] = []
  /** Alarms that were told of and not asked for yet. */
  let alarms = 0
  let isOnline = false
  let isHolding = false
  let closed = false
  let pumping = false
  let again = false
  let givesBack = false
  /** Which connection it is. */
  let line = 0
  // What was complained of on this connection: once is enough.
  const told = new Set<string>()

  const complain = (error: unknown): void => {
    const message = reasonOf(error)
    // Without a connection it is the link that says why, and that wakes us again.
    if (closed || isOfLine(error) || (!isOnline && !isRefusal(error))) {
      log.debug(message)
      return
    }
    if (!told.has(message)) log.warn(`${message} It is kept and sent again.`)
    told.add(message)
  }

  const failed = (entry: Entry, error: unknown, on: number): void => {
    complain(error)
    // Told late by an earlier line: the broker of this one has not refused it.
    if (isOnline && on !== line) waiting.push(entry)
    else if (!closed && (isOnline || isRefusal(error))) aside.put(entry)
  }

  const start = (entry: Entry, isOther: boolean): void => {
    const on = line
    flights.set(entry.id, isOther)
    void send(entry)
      .then(
        () => {
          aside.forget(entry.id)
          outbox.acknowledge(entry.id)
        },
        (error: unknown) => failed(entry, error, on),
      )
      .finally(() => {
        flights.delete(entry.id)
        wake(false)
      })
  }

  const othersUnderWay = (): number => [...flights.values()].filter((isOther) => isOther).length

  const maySend = (entry: Entry): boolean => !isHolding || entry.kind === 'alert'

  /** How many to ask the outbox for: what there are places for, and alarms beyond that. */
  const wanted = (): number => {
    const places = aside.isFull ? 0 : OTHERS_UNDER_WAY - othersUnderWay() - waiting.length
    return Math.max(0, Math.min(Math.max(places, alarms), UNDER_WAY - flights.size))
  }

  const fetch = async (): Promise<void> => {
    const count = wanted()
    if (count === 0) return
    alarms = Math.max(0, alarms - count)
    // What was given back while it was under way is taken anew, and is not to be sent twice.
    const flying = new Set(flights.keys())
    const news = live()
    for (const entry of await outbox.take(count, news)) {
      if (flying.has(entry.id)) again = true
      // A summary that is held is taken and not sent, until it goes back with the others.
      else if (isNews(entry, news)) start(entry, false)
      else if (maySend(entry)) waiting.push(entry)
    }
  }

  const startWaiting = (): void => {
    while (othersUnderWay() < OTHERS_UNDER_WAY && flights.size < UNDER_WAY) {
      const entry = waiting.shift() ?? aside.next(maySend)
      if (entry === undefined) return
      if (maySend(entry)) start(entry, true)
    }
  }

  const giveBack = (): void => {
    givesBack = false
    waiting = []
    aside.clear()
    outbox.release()
  }

  const pump = async (): Promise<void> => {
    do {
      again = false
      if (givesBack) giveBack()
      await fetch()
      if (mayStart()) startWaiting()
    } while (mayStart() && (again || (alarms > 0 && flights.size < UNDER_WAY)))
  }

  const mayStart = (): boolean => isOnline && !closed

  const wake = (isAlarm: boolean): void => {
    if (!mayStart()) return
    if (isAlarm) alarms += 1
    again = true
    if (pumping) return
    pumping = true
    void pump()
      .catch(complain)
      .finally(() => {
        pumping = false
        if (again) wake(false)
      })
  }

  /** What was refused, held, or under way on another line is sent again; what is under way on this one is not sent twice. */
  const sendAgain = (): void => {
    givesBack = true
    wake(false)
  }

  const isIdle = (): boolean => !mayStart() || (flights.size === 0 && !pumping && waiting.length === 0 && aside.size === 0)

  return {
    wake,
    retry: sendAgain,
    hold: (isOn) => {
      if (isOn === isHolding) return
      isHolding = isOn
      if (!isOn) sendAgain()
    },
    online: (value) => {
      if (value === isOnline) return
      isOnline = value
      told.clear()
      alarms = 0
      if (!value) return
      line += 1
      sendAgain()
    },
    settle: async (withinMs) => {
      const end = performance.now() + withinMs
      while (!isIdle() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    close: () => {
      closed = true
      aside.clear()
    },
  }
}
