/** The outbox's own thread: the disk may take seconds, and nobody else waits for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { machineClock } from '../clock.js'
import { createAnswering } from './answering.js'
import { openDiskShelf } from './disk-shelf.js'
import { createKeeper } from './keeper.js'
import { createMemoryShelf } from './memory-shelf.js'
import { type FromThread, threadData } from './protocol.js'
import { reservedFor, soundCount } from './reserve.js'
import { countOf } from './salvage.js'

const port = parentPort
if (port === null) throw new Error('the outbox thread is started by the daemon, not by hand')

const { file, budget } = threadData.parse(workerData)
const say = (message: FromThread): void => port.postMessage(message)
const boot = machineClock()
const counted = soundCount(countOf(file), reservedFor(file))
if (counted !== null) say({ type: 'counted', lastSeq: counted })
const answer = createAnswering({
  keeperWith: (nowWallMs) =>
    createKeeper({
      file,
      open: (name) => openDiskShelf(name, budget, boot),
      spare: createMemoryShelf(),
      onNews: (news) => say({ type: 'news', news }),
      nowWallMs,
    }),
  say,
  end: () => port.close(),
})
port.on('message', answer)
