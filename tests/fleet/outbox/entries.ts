/** Entries for the tests of the outbox. */
import type { Entry, Live } from '../../../daemon/fleet/outbox/types.js'
import { buildEvent } from '../../../daemon/fleet/payloads/event.js'
import type { Level } from '../../../daemon/judgement/decision.js'
import { decision, eventFacts } from '../examples.js'

/** The n-th alert, its id telling n; made n seconds after the boot. */
export const entryNumber = (n: number, changes: Partial<Entry> & { level?: Level } = {}): Entry => {
  const id = `019ab1c2-3d4e-7f60-8a1b-${String(n).padStart(12, '0')}`
  const event = buildEvent(decision({ level: changes.level ?? 2, atMs: n * 1000 }), eventFacts({ seq: n, id }))
  return {
    id,
    kind: 'alert',
    seq: n,
    level: event.level,
    bootId: event.clock.bootId,
    monotonicMs: n * 1000,
    wallMs: 1_795_554_000_000 + n * 1000,
    payload: JSON.stringify(event),
    ...changes,
  }
}

/** Nothing is news: the order is that of `seq`. */
export const NO_NEWS: Live = { bootId: 'boot', sinceMs: Number.MAX_SAFE_INTEGER }
