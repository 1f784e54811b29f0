/** Clears the state folder of what was set aside long ago. */
import type { Clock } from '../fleet/clock.js'
import type { Job } from '../jobs/index.js'
import type { Logger } from '../log.js'
import { pruneSetAside } from '../state/prune.js'

// Own: vehicles stand at night; once an hour finds each awake, and reads one small folder.
const EVERY_HOUR = '0 * * * *'

/** @param folder null: there is none. @param clock nothing is deleted while it is not known to be right */
export const createPruning = (folder: string | null, clock: Clock, log: Logger): Job => ({
  name: 'pruning',
  schedule: EVERY_HOUR,
  work: () => {
    if (folder === null || !clock.synced()) return
    pruneSetAside(folder, clock.wallMs()).then(
      (gone) => {
        if (gone.length > 0) log.info(`Deleted what was set aside more than 30 days ago: ${gone.join(', ')}.`)
      },
      (fault: Error) => log.warn(`What was set aside long ago cannot be deleted: ${fault.message}`),
    )
  },
})
