/** What the outbox's thread answers to each message, around a keeper. Its messages and its port are given: thread.ts has the real ones. */
import type { Keeper } from './keeper.js'
import { type FromThread, toThread } from './protocol.js'
import type { Entry } from './types.js'

// Own: acknowledgements wait so long to be written together; what a power cut takes of them comes twice, with the same id.
const ACKNOWLEDGE_TOGETHER_MS = 1_000
// Own: ageing is counted in days, and looks at all that waits.
const AGE_EVERY_MS = 3_600_000
// Own: how often a disk that refused is tried again.
const RETRY_MS = 5_000

export type AnsweringOptions = {
  /** @param nowWallMs ms since 1970 as last told, or null while that clock is not known to be right */
  keeperWith(nowWallMs: () => number | null): Keeper
  say(message: FromThread): void
  /** Told when all is written and nothing more will be said. */
  end(): void
}

/** Opens the keeper at once and says `ready`. @returns takes one message of `toThread`; throws on any other */
export const createAnswering = ({ keeperWith, say, end }: AnsweringOptions): ((raw: unknown) => void) => {
  let wallMs: number | null = null
  const keeper = keeperWith(() => wallMs)
  const figures = () => ({ depth: keeper.depth, dropped: keeper.dropped, lastSeq: keeper.lastSeq })

  let arrived: Entry[] = []
  let done: string[] = []
  let gathering: NodeJS.Timeout | undefined

  /** All that came while the disk was busy goes in one transaction: one flush, however many. */
  const keepArrived = (): void => {
    if (arrived.length === 0) return
    const entries = arrived
    arrived = []
    keeper.put(entries)
    say({ type: 'kept', ids: entries.map(({ id }) => id), ...figures() })
  }

  const writeDone = (): void => {
    clearTimeout(gathering)
    gathering = undefined
    if (done.length === 0) return
    const ids = done
    done = []
    keeper.acknowledge(ids)
    say({ type: 'gone', ids, ...figures() })
  }

  const retrying = setInterval(() => keeper.retry(), RETRY_MS)
  const ageing = setInterval(() => keeper.age(), AGE_EVERY_MS)
  say({ type: 'ready', standing: [...keeper.standing], ...figures() })

  return (raw) => {
    const message = toThread.parse(raw)
    switch (message.type) {
      case 'put':
        if (arrived.length === 0) setImmediate(keepArrived)
        arrived.push(message.entry)
        break
      case 'take':
        keepArrived()
        say({ type: 'taken', ask: message.ask, entries: keeper.take(message.count, message.live) })
        break
      case 'acknowledge':
        done.push(message.id)
        gathering ??= setTimeout(writeDone, ACKNOWLEDGE_TOGETHER_MS)
        break
      case 'release':
        writeDone()
        keeper.release()
        break
      case 'clock':
        if (wallMs === null && message.wallMs !== null) setImmediate(keeper.age)
        wallMs = message.wallMs
        break
      case 'close':
        keepArrived()
        writeDone()
        keeper.close()
        clearInterval(retrying)
        clearInterval(ageing)
        say({ type: 'closed' })
        end()
    }
  }
}
