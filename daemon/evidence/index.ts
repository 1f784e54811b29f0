/** Pictures around an alarm, where the configuration asks for them: kept in the vehicle, never sent. Nothing here delays an alarm, or throws into it. */
import type { Config } from '../config/index.js'
import type { Picture } from '../picture.js'
import { reasonOf } from '../reason-of.js'
import { EvidenceError } from './errors.js'
import { createKeeper, type Raised, type Seen } from './keeper.js'
import { readKey } from './key.js'
import { createQueue } from './queue.js'
import { encode, type Kept } from './record.js'
import { faultSentence } from './sentence.js'
import { createSnapshots } from './snapshots.js'
import { createStore, type Store } from './store.js'

export type EvidenceParts = {
  config: Config['evidence']
  /** Where it lies; null: nowhere, as there is no state folder. */
  folder: string | null
  simulated: boolean
  watchPictures(everyMs: number, take: (picture: Picture) => void): () => void
  clock: { wallMs(): number; synced(): boolean }
  /** A UUIDv7 of that time. */
  newId(wallMs: number): string
  /** Told why nothing can be kept, and null when it can. */
  onState(fault: string | null): void
  log: Readonly<Record<'info' | 'warn', (message: string) => void>>
}

export interface Evidence {
  /** off: not asked for, or it cannot be kept; paused: the machine is under strain. */
  readonly state: 'off' | 'on' | 'paused'
  /** Told of the alarms of each observation, after the driver was warned. */
  took(alarms: readonly Raised[], nowMs: number): void
  /** No pictures while the machine is under strain. */
  pause(isOn: boolean): void
  /** Keeps one picture now. @returns its id. Rejects with EvidenceError, or what the file system says */
  snapshot(): Promise<string>
  /** Deletes what is too old, also while evidence is off; tries whether more can be kept. Never rejects. */
  tidy(): Promise<void>
  /** What stands is written, unless the disk hangs. */
  close(): Promise<void>
}

// Own: enough to see lids close and open; an alarm with three seconds before and after has a dozen pictures.
const PICTURE_EVERY_MS = 500

/** What is too old, or too much, goes: whether more is kept or not. */
async function prune(store: Store, { config, clock, log }: EvidenceParts): Promise<void> {
  const gone = await store.prune(config, clock.synced() ? clock.wallMs() : null)
  if (gone.length > 0)
    log.info(`Deleted ${gone.length} of the evidence: more than ${config.maxDays} days old, or more than ${config.maxMb} MB in all.`)
}

/** Nothing is kept. @param store where earlier evidence may lie */
function off(why: string, store: Store | null, parts: EvidenceParts): Evidence {
  const clear = async (): Promise<void> => {
    await store?.tidy()
    if (store !== null) await prune(store, parts)
  }
  const tidy = (): Promise<void> =>
    clear().catch((fault: unknown) => parts.log.warn(`Old evidence cannot be deleted: ${faultSentence(fault)}`))
  return {
    state: 'off',
    took: () => undefined,
    pause: () => undefined,
    snapshot: async () => {
      throw new EvidenceError('evidence-off', why)
    },
    tidy,
    close: async () => undefined,
  }
}

export function createEvidence(parts: EvidenceParts): Evidence {
  const { config, folder, onState } = parts
  const store = folder === null ? null : createStore(folder)
  if (!config.enabled) return off('evidence.enabled is false: this vehicle keeps no pictures', store, parts)
  try {
    if (store === null) throw new EvidenceError('evidence-folder', 'there is no folder for it: set evidence.dir or state.dir')
    return keeping(parts, store, config.keyFile === null ? null : readKey(config.keyFile))
  } catch (fault) {
    onState(faultSentence(fault))
    return off(reasonOf(fault), store, parts)
  }
}

function keeping(parts: EvidenceParts, store: Store, key: Buffer | null): Evidence {
  const { config, folder, simulated, clock, log } = parts
  const keeper = createKeeper({ beforeMs: config.beforeSeconds * 1000, afterMs: config.afterSeconds * 1000 })
  const queue = createQueue(parts.onState)
  const snapshots = createSnapshots()
  const sealing = key === null ? 'not encrypted' : 'encrypted'
  log.warn(
    `Evidence is on: pictures around alarms are kept in ${folder}, ${sealing}, at most ${config.maxMb} MB and ${config.maxDays} days.`,
  )

  const write = (kept: Kept): Promise<void> =>
    queue.add(() => store.put(kept.id, encode(kept, key), config, clock.synced() ? clock.wallMs() : null))
  const keep = (records: readonly Seen[]): void => {
    // Where it fails, the queue says so.
    for (const record of records) write({ ...record, simulated }).catch(() => undefined)
  }
  const take = (picture: Picture): void => {
    snapshots.saw(picture)
    keep(keeper.saw({ atMs: picture.at, jpeg: Buffer.from(picture.jpeg, 'base64') }))
  }
  const watch = () => parts.watchPictures(PICTURE_EVERY_MS, take)
  let unwatch: (() => void) | null = watch()
  const stop = (): void => {
    unwatch?.()
    unwatch = null
    keep(keeper.stop())
  }
  const tidy = (): Promise<void> =>
    queue
      .add(async () => {
        await prune(store, parts)
        await store.probe()
      })
      .catch(() => undefined)
  queue.add(store.tidy).catch(() => undefined)

  return {
    get state() {
      return unwatch === null ? 'paused' : 'on'
    },
    took(alarms, nowMs) {
      if (unwatch === null) return
      for (const alarm of alarms) keeper.raised(alarm)
      keep(keeper.passed(nowMs))
    },
    pause(isOn) {
      if (isOn === (unwatch === null)) return
      if (isOn) stop()
      else unwatch = watch()
      log.info(isOn ? 'Evidence is paused: no pictures are kept.' : 'Evidence is on again.')
    },
    async snapshot() {
      if (unwatch === null) throw new EvidenceError('evidence-paused', 'the machine is under strain, and no pictures are made')
      const picture = await snapshots.next()
      const wallMs = clock.wallMs()
      const id = parts.newId(wallMs)
      const about = { id, rule: 'snapshot', level: 0, at: new Date(wallMs).toISOString(), clockSynced: clock.synced(), simulated }
      await write({ ...about, pictures: [{ atMs: 0, jpeg: Buffer.from(picture.jpeg, 'base64') }] })
      return id
    },
    tidy,
    async close() {
      if (unwatch !== null) stop()
      if (!(await queue.settle())) log.warn('What was last seen of an alarm could not be kept as evidence: the disk does not answer.')
    },
  }
}

export { EvidenceError } from './errors.js'
export type { Raised } from './keeper.js'
