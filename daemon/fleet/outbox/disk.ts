/** The outbox on disk, as the daemon sees it: everything returns at once, the work is its thread's. */
import { Worker } from 'node:worker_threads'
import { reasonOf } from '../../reason-of.js'
import type { Budget } from './disk-shelf.js'
import { leap } from './leap.js'
import { type FromThread, fromThread, type ToThread } from './protocol.js'
import type { Entry, Outbox, OutboxNews } from './types.js'

export type DiskOutboxOptions = {
  /** The SQLite file; its folder must be there. Beside it lie SQLite's -wal and -shm. */
  file: string
  budget: Budget
  onNews: (news: OutboxNews) => void
  /** The thread itself died, with what it died of; it is started again, and nothing that was put is lost by it. */
  onThreadDeath: (error: Error) => void
  /** These are kept now, as well as can be; for those who count. */
  onKept?: (ids: readonly string[]) => void
  /** ms since 1970, or null while that clock is not known to be right. */
  nowWallMs: () => number | null
  /** The compiled thread, where it does not lie beside this file. */
  threadFile?: string | undefined
  /** How long to wait for the file. Default 3 s. */
  openWithinMs?: number
}

// Own: the opening checks the whole file; on a worn card that took 0.3 s for 5 MB. Longer, and the daemon goes on: the last seq was read before,
// or, where the disk hangs, is leapt over.
const OPEN_WITHIN_MS = 3_000
const CLOSE_WITHIN_MS = 2_000
// Own: a thread that dies at once must not be started in a tight circle.
const RESTART_MS = 1_000
// Own: ageing is counted in days.
const TELL_CLOCK_MS = 60_000

const atMost = async (work: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([
    work,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    }),
  ])
  clearTimeout(timer)
}

/**
 * Starts the thread; resolves when the file is open, or after 3 s without. Never rejects: an outbox without a disk keeps in memory
 * and says so.
 */
export const openDiskOutbox = async (options: DiskOutboxOptions): Promise<Outbox> => {
  const { onNews, onThreadDeath, nowWallMs } = options
  // What the thread has not said it keeps: put again should the thread die.
  const unconfirmed = new Map<string, Entry>()
  // Asked, and not answered yet: should the thread die, the next one is asked.
  const asked = new Map<number, { question: ToThread; answer: (entries: readonly Entry[]) => void }>()
  // Taken for sending; and of these the acknowledged that the thread still counts.
  const taken = new Set<string>()
  const acknowledged = new Set<string>()
  let figures = { depth: 0, dropped: 0, lastSeq: 0 }
  let droppedBefore = 0
  let asks = 0
  let isCounted = false
  let closing = false
  let isReady: (standing: readonly string[]) => void = () => undefined
  let isClosed: () => void = () => undefined
  let restarting: NodeJS.Timeout | undefined
  const ready = new Promise<readonly string[]>((resolve) => {
    isReady = resolve
  })
  const closed = new Promise<void>((resolve) => {
    isClosed = resolve
  })

  const take = ({ depth, dropped, lastSeq }: typeof figures): void => {
    figures = { depth, dropped, lastSeq: Math.max(lastSeq, figures.lastSeq) }
  }

  const hear = (message: FromThread): void => {
    switch (message.type) {
      case 'counted':
        isCounted = true
        figures = { ...figures, lastSeq: Math.max(message.lastSeq, figures.lastSeq) }
        break
      case 'ready':
        isCounted = true
        take(message)
        // Later ones, after a thread has died, change nothing: what stands then may be of this run.
        isReady(message.standing)
        break
      case 'kept':
        for (const id of message.ids) unconfirmed.delete(id)
        take(message)
        options.onKept?.(message.ids)
        break
      case 'gone':
        for (const id of message.ids) acknowledged.delete(id)
        take(message)
        break
      case 'taken':
        for (const { id } of message.entries) taken.add(id)
        asked.get(message.ask)?.answer(message.entries)
        asked.delete(message.ask)
        break
      case 'news':
        onNews(message.news)
        break
      case 'closed':
        isClosed()
    }
  }

  const start = (): Worker => {
    const thread = new Worker(options.threadFile ?? new URL('./thread.js', import.meta.url), {
      workerData: { file: options.file, budget: options.budget },
    })
    thread.on('message', (raw: unknown) => hear(fromThread.parse(raw)))
    thread.on('error', (error) => onThreadDeath(new Error(reasonOf(error), { cause: error })))
    thread.on('exit', () => {
      isClosed()
      if (!closing) restarting = setTimeout(restart, RESTART_MS)
    })
    return thread
  }

  const say = (message: ToThread): void => thread.postMessage(message)

  const restart = (): void => {
    taken.clear()
    acknowledged.clear()
    droppedBefore += figures.dropped
    figures = { ...figures, dropped: 0 }
    thread = start()
    for (const entry of unconfirmed.values()) say({ type: 'put', entry })
    say({ type: 'clock', wallMs: nowWallMs() })
    for (const { question } of asked.values()) say(question)
  }

  let thread = start()
  say({ type: 'clock', wallMs: nowWallMs() })
  const clock = setInterval(() => say({ type: 'clock', wallMs: nowWallMs() }), TELL_CLOCK_MS)
  clock.unref()
  await atMost(ready, options.openWithinMs ?? OPEN_WITHIN_MS)
  if (!isCounted) {
    const to = leap()
    figures = { ...figures, lastSeq: to }
    onNews({ what: 'seq-leaps', to })
  }

  return {
    put: (entry) => {
      figures = { ...figures, lastSeq: Math.max(figures.lastSeq, entry.seq) }
      unconfirmed.set(entry.id, entry)
      say({ type: 'put', entry })
    },
    take: (count, live) =>
      new Promise((resolve) => {
        asks += 1
        const question: ToThread = { type: 'take', ask: asks, count, live }
        asked.set(asks, { question, answer: resolve })
        say(question)
      }),
    standing: () => ready,
    acknowledge: (id) => {
      if (taken.delete(id)) acknowledged.add(id)
      say({ type: 'acknowledge', id })
    },
    release: () => {
      taken.clear()
      say({ type: 'release' })
    },
    get depth() {
      return figures.depth + unconfirmed.size - acknowledged.size
    },
    get dropped() {
      return droppedBefore + figures.dropped
    },
    get lastSeq() {
      return figures.lastSeq
    },
    close: async (withinMs = CLOSE_WITHIN_MS) => {
      closing = true
      clearInterval(clock)
      clearTimeout(restarting)
      say({ type: 'close' })
      await atMost(closed, withinMs)
      await thread.terminate()
    },
  }
}
