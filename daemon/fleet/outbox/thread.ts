/** The outbox's own thread: the disk may take seconds, and nobody else waits for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { machineClock } from '../clock.js'
import { openDiskShelf } from './disk-shelf.js'
import { createKeeper } from './keeper.js'
import { createMemoryShelf } from './memory-shelf.js'
import { type FromThread, threadData, toThread } from './protocol.js'
import { reservedFor, soundCount } from './reserve.js'
import { countOf } from './salvage.js'
import type { Entry } from './types.js'

// Own: acknowledgements wait so long to be written together; what a power cut takes of them comes twice, with the same id.
const ACKNOWLEDGE_TOGETHER_MS = 1_000
// Own: ageing is counted in days, and looks at all that waits.
const AGE_EVERY_MS = 3_600_000
// Own: how often a disk that refused is tried again.
const RETRY_MS = 5_000

const port = parentPort
if (port === null) throw new Error('the outbox thread is started by the daemon, not by hand')

const { file, budget } = threadData.parse(workerData)
const say = (message: FromThread): void => port.postMessage(message)
let wallMs: number | null = null
const boot = machineClock()
const counted = soundCount(countOf(file), reservedFor(file))
if (counted !== null) say({ type: 'counted', lastSeq: counted })
const keeper = createKeeper({
  file,
  open: (name) => openDiskShelf(name, budget, boot),
  spare: createMemoryShelf(),
  onNews: (news) => say({ type: 'news', news }),
  nowWallMs: () => wallMs,
})
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

port.on('message', (raw: unknown) => {
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
      port.close()
  }
})

const retrying = setInterval(() => keeper.retry(), RETRY_MS)
const ageing = setInterval(() => keeper.age(), AGE_EVERY_MS)
say({ type: 'ready', standing: [...keeper.standing], ...figures() })
