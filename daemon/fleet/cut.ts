/** Ends what an earlier run began and could not end: the daemon was killed, or the plug was pulled. */
import type { Ids } from './ids.js'
import type { Log } from './log-port.js'
import { toldIn } from './outbox/standing.js'
import type { Outbox } from './outbox/types.js'

/** Puts an `ended` for each incident that stands in the outbox since before; resolves when that is done. */
export const endCut = async ({ outbox, ids, log }: { outbox: Outbox; ids: Ids; log: Log }): Promise<void> => {
  for (const json of await outbox.standing()) {
    const ending = toldIn(json)
    if (ending === null) continue
    const { incident, rule, level, clock } = ending
    const wallMs = Date.parse(ending.at)
    const seq = outbox.lastSeq + 1
    const id = ids.event(seq, wallMs)
    outbox.put({
      ...{ id, kind: 'alert', seq, level, bootId: clock.bootId, monotonicMs: clock.monotonicMs },
      wallMs: clock.synced ? wallMs : null,
      payload: JSON.stringify({ ...ending, id, seq }),
    })
    log.info(`The incident ${incident} (${rule}) was cut short with the last run of the daemon: it is told as over.`)
  }
}
