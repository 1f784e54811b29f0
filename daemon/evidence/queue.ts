/** Work on the disk, one after another: a slow disk gets no heap of writes, and a dead one costs no memory. */
import { EvidenceError } from './errors.js'
import { faultSentence } from './sentence.js'

export interface Queue {
  /** Resolves, or rejects, with the work; `evidence-slow`: too much waits already, and it is not done. */
  add(work: () => Promise<void>): Promise<void>
  /** Waits for what was added. @returns false: not within its time */
  settle(): Promise<boolean>
}

// Own: alarms come a minute apart; a record has about 0.3 MB.
const MOST_WAITING = 8
// Own: a stop takes at most 2 s in all.
const SETTLE_MS = 1000

/** @param onState told why work failed, and null when it did not */
export function createQueue(onState: (fault: string | null) => void): Queue {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  const done = (fault: string | null): void => {
    waiting -= 1
    onState(fault)
  }
  return {
    async add(work) {
      if (waiting >= MOST_WAITING) {
        const slow = new EvidenceError('evidence-slow', `the disk is slow: ${waiting} records wait, and one was left out`)
        onState(faultSentence(slow))
        throw slow
      }
      waiting += 1
      const own = last.then(work)
      last = own.then(
        () => done(null),
        (fault: unknown) => done(faultSentence(fault)),
      )
      await own
    },
    async settle() {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(resolve, SETTLE_MS, false)
      })
      const settled = await Promise.race([last.then(() => true), late])
      clearTimeout(timer)
      return settled
    },
  }
}
