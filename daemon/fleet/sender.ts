/** Brings what waits in the outbox to the broker: in order, one at a time, and each goes only when the broker has acknowledged it. */
import type { Log } from './log-port.js'
import type { Outbox } from './outbox.js'
import type { Event } from './payloads/event.js'

export type SenderOptions = {
  outbox: Outbox
  /** Resolves on the broker's acknowledgement. */
  send: (event: Event) => Promise<void>
  log: Log
  /** Pause after a broker that is there refused an event. Default 5 s. */
  retryMs?: number
}

export interface Sender {
  /** There is something new. Returns at once. */
  wake(): void
  /** Whether there is a connection; sends what waits as soon as there is. */
  online(isOnline: boolean): void
  /** Resolves when nothing waits any more, or nothing more will be sent, or after `withinMs`. */
  settle(withinMs: number): Promise<void>
  close(): void
}

const RETRY_MS = 5_000

/** Idle until told that there is a connection. */
export const createSender = ({ outbox, send, log, retryMs = RETRY_MS }: SenderOptions): Sender => {
  let isOnline = false
  let closed = false
  let sending = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let told: string | null = null

  const later = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error)
    // Without a connection it is the link that says why, and that wakes us again.
    if (!isOnline || closed) {
      log.debug(message)
      return
    }
    if (told !== message) log.warn(`${message} The event is kept and sent again.`)
    told = message
    timer = setTimeout(wake, retryMs)
  }

  const drain = async (): Promise<void> => {
    try {
      for (let [event] = outbox.peek(1); isOnline && !closed && event !== undefined; [event] = outbox.peek(1)) {
        await send(event)
        outbox.acknowledge(event.id)
        told = null
      }
    } catch (error) {
      later(error)
    }
    // In the same turn as the last look into the outbox: what comes after it finds the way free.
    sending = false
  }

  const wake = (): void => {
    clearTimeout(timer)
    if (!isOnline || closed || sending) return
    sending = true
    running = drain()
  }

  return {
    wake,
    online: (value) => {
      isOnline = value
      wake()
    },
    settle: async (withinMs) => {
      const enough = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref())
      await Promise.race([running, enough])
    },
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}
