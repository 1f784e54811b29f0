/**
 * One day of what the daemon writes, as fast as it goes: `day.ts <what> <folder>`. The transactions are the daemon's own, one by one.
 * `online`: 60 events an hour, each acknowledged before the next; `offline`: none acknowledged; `summaries`: kept every 5 minutes;
 * `commands`: 50 of them, each begun and answered.
 */
import path from 'node:path'
import { createTransactions, openTransactionLog } from '../../../daemon/fleet/commands/index.js'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { Entry } from '../../../daemon/fleet/outbox/types.js'
import { openVerdicts } from '../../../daemon/fleet/verdicts/index.js'
import { createStateFile } from '../../../daemon/state/state-file.js'
import { emptyTally } from '../../../daemon/summary/period.js'
import { type SavedSummaries, savedSummaries } from '../../../daemon/summary/saved.js'
import { openPastIncidents } from '../../../daemon/wiring/summaries.js'
import { samplesOf } from '../../schemas/samples.js'

const EVENTS = 24 * 60
const KEPT = 24 * 12
const COMMANDS = 50

const [what, folder, root] = process.argv.slice(2)
if (what === undefined || folder === undefined || root === undefined)
  throw new Error('usage: day.ts online|offline|summaries|commands <folder> <root of the checkout>')

const sample = (name: string): string => {
  const found = samplesOf(root, 'valid', 'alert').find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no sample of this name: ${name}`)
  return JSON.stringify(found.payload)
}
// An incident begins, and ends: what stands is written too.
const payloads = [sample('microsleep raised'), sample('episode ended sent after a tunnel')]

const events = (isAcknowledged: boolean): void => {
  const keeper = createKeeper({
    file: path.join(folder, 'outbox.sqlite'),
    open: (file) => openDiskShelf(file, { bytes: 20e6, ageMs: 30 * 86_400_000 }),
    spare: createMemoryShelf(),
    onNews: (news) => {
      throw new Error(JSON.stringify(news))
    },
    nowWallMs: () => Date.now(),
  })
  for (let seq = 1; seq <= EVENTS; seq++) {
    const entry: Entry = {
      id: `019ab1c2-3d4e-7f60-8a1b-${String(seq).padStart(12, '0')}`,
      kind: 'alert',
      seq,
      level: 2,
      bootId: '6d1f0c52-7f0c-4b8e-9a3e-2f6b1f0f5f11',
      monotonicMs: 81_234_567 + 60_000 * seq,
      wallMs: Date.now(),
      payload: payloads[(seq - 1) % payloads.length] ?? '',
    }
    keeper.put([entry])
    if (isAcknowledged) keeper.acknowledge([entry.id])
  }
  keeper.close()
}

/** A day of eight hours' driving and twenty incidents, kept again and again as the daemon does. */
const summaries = async (): Promise<void> => {
  const file = createStateFile<SavedSummaries>({
    ...{ file: path.join(folder, 'summaries.json'), schema: savedSummaries, name: 'The summary', otherwise: 'it ends', everyMs: 0 },
    warn: (message) => {
      throw new Error(message)
    },
  })
  const clocks = { bootId: '6d1f0c52-7f0c-4b8e-9a3e-2f6b1f0f5f11', monotonicMs: 81_234_567, wallMs: Date.now(), synced: true }
  const counted = emptyTally()
  counted.incidentIds = Array.from({ length: 20 }, (_, n) => `019ab1c2-3d4e-7f60-8a1b-${String(n).padStart(12, '0')}`)
  counted.incidentKinds = Object.fromEntries(counted.incidentIds.map((incident) => [incident, 'microsleep 2']))
  for (let n = 0; n < KEPT; n++) {
    counted.drivingMs += 100_000.123
    counted.perclos.curve.sums = Array.from({ length: Math.ceil(n / 3) }, () => 1234.567891)
    counted.perclos.curve.knownMs = counted.perclos.curve.sums.map(() => 299_876.543)
    const period = {
      id: '019ab1c2-3d4e-7f60-8a1b-2c3d4e5f6071',
      began: clocks,
      last: { ...clocks, monotonicMs: n },
      counted: structuredClone(counted),
    }
    file.offer({ trip: period, day: { ...period, date: '2026-11-24', trips: 2 }, told: [] }, n)
    await file.close()
  }
  const warn = (message: string) => {
    throw new Error(message)
  }
  const past = openPastIncidents(path.join(folder, 'incidents.jsonl'), warn)
  past.add(counted.incidentIds.map((incident) => ({ incident, date: '2026-11-24', kind: 'microsleep 2', told: null })))
  await past.close()
}

/** Verdicts are most of what a desk sends; they have a file of their own besides. */
const commands = async (): Promise<void> => {
  const warn = (message: string) => {
    throw new Error(message)
  }
  const transactions = createTransactions(openTransactionLog(path.join(folder, 'transactions.jsonl'), warn))
  const verdicts = openVerdicts(path.join(folder, 'verdicts.jsonl'), warn)
  for (let n = 0; n < COMMANDS; n++) {
    const incident = `019ab1c2-3d4e-7f60-8a1b-${String(n).padStart(12, '0')}`
    const asked = { transaction: `desk-${n}`, command: 'verdict', fingerprint: incident } as const
    await transactions.once(asked, Date.now(), async () => {
      await verdicts.put(incident, true)
      return { ok: true, data: { incident, verdict: true, kept: 'disk' } }
    })
  }
}

if (what === 'summaries') await summaries()
else if (what === 'commands') await commands()
else events(what === 'online')
