/**
 * What the outbox's thread does: keeps entries on disk, and in memory while the disk refuses; sets a spoilt file aside.
 * Everything is synchronous and may take as long as the disk does.
 */
import { existsSync } from 'node:fs'
import { reasonOf } from '../../reason-of.js'
import { leap } from './leap.js'
import { complete, completeOf, replace } from './replace.js'
import { reserve, reservedFor, soundCount } from './reserve.js'
import { type Salvaged, salvage } from './salvage.js'
import { faultOf, isSpoilt } from './spoilt.js'
import type { Entry, Live, OutboxNews, Shelf } from './types.js'

type Dropped = Extract<OutboxNews, { what: 'dropped' }>

export type KeeperOptions = {
  file: string
  /** Opens the shelf on disk; throws when it cannot. */
  open: (file: string) => Shelf
  /** For what the disk does not take. */
  spare: Shelf
  onNews: (news: OutboxNews) => void
  /** ms since 1970, or null while that clock is not known to be right. */
  nowWallMs: () => number | null
}

export interface Keeper {
  put(entries: readonly Entry[]): void
  take(count: number, live: Live): Entry[]
  acknowledge(ids: readonly string[]): void
  release(): void
  /** Gives up what is too old; to be called every hour, and when the clock was set right. */
  age(): void
  /** Tries a disk that refused again; to be called every few seconds. */
  retry(): void
  readonly depth: number
  readonly dropped: number
  readonly lastSeq: number
  /** As Outbox.standing: what stood when it was opened. */
  readonly standing: readonly string[]
  close(): void
}

const ALL: Live = { bootId: '', sinceMs: 0 }

/** What a spoilt file gave beside its entries, and why it was given up. */
type Rescued = { standing: readonly string[]; saved: number; fault: string }

/** Opens the file at once; never throws. */
export const createKeeper = ({ file, open, spare, onNews, nowWallMs }: KeeperOptions): Keeper => {
  let disk: Shelf | null = null
  let refusing = false
  let dropped = 0
  let lastSeq = 0
  let standing: readonly string[] = []
  let isOpened = false
  // A file that never could be opened was looked at for its count; so many messages wait in it.
  let looked = false
  let outOfReach = 0
  // The file is spoilt, and no new one is in its place yet: what it held is in memory.
  let rescued: Rescued | null = null
  let reserved = reservedFor(file)
  const taken = new Set<string>()
  // Acknowledged, but the disk has not let them go yet: not to be sent again.
  const acknowledged = new Set<string>()

  const refuse = (error: unknown): void => {
    if (!refusing) onNews({ what: 'disk-refuses', message: reasonOf(error) })
    refusing = true
  }

  const drop = (count: number, why: Dropped['why']): void => {
    dropped += count
    if (count > 0) onNews({ what: 'dropped', count, why })
  }

  /** `seq` goes on after what was found; where the count could not be read, after a number that no count has reached. */
  const countOn = ({ entries, lastSeq: found }: Salvaged): void => {
    const known = entries.reduce((last, { seq }) => Math.max(last, seq), Math.max(lastSeq, found ?? 0))
    const sound = soundCount(found === null ? null : known, reserved)
    lastSeq = Math.max(known, sound ?? leap(known))
    if (found === null || lastSeq > known) onNews({ what: 'seq-leaps', to: lastSeq })
  }

  /** What is kept is sent: before that, a number ahead of it is on the disk. */
  const stayAhead = (): void => {
    if (lastSeq <= (reserved ?? 0)) return
    try {
      reserved = reserve(file, lastSeq)
    } catch {
      // The next message tries again; that the disk refuses, the outbox's own file says.
    }
  }

  const held = (): Entry[] => spare.first(Number.MAX_SAFE_INTEGER, ALL, new Set())

  /** Takes all that can be read of the spoilt file into memory; the file stays where it is. */
  const rescue = (error: unknown): Rescued => {
    lastSeq = Math.max(lastSeq, disk?.lastSeq ?? 0)
    try {
      disk?.close()
    } catch {
      // It is given up anyhow.
    }
    disk = null
    looked = true
    outOfReach = 0
    const found = salvage(file)
    spare.insert(found.entries.filter(({ id }) => !acknowledged.has(id)))
    acknowledged.clear()
    if (!isOpened) standing = found.standing
    drop(found.lost, 'spoilt')
    countOn(found)
    return { standing: found.standing, saved: found.entries.length, fault: faultOf(error) }
  }

  /** Puts a new file with what is in memory in the place of the spoilt one. */
  const beginAnew = ({ standing, saved, fault }: Rescued): Shelf => {
    const entries = held()
    complete(file, open, (shelf) => {
      shelf.takeOver(lastSeq, standing)
      shelf.insert(entries)
    })
    const aside = replace(file) ?? file
    const anew = open(file)
    spare.remove(entries.map(({ id }) => id))
    rescued = null
    onNews({ what: 'set-aside', file: aside, message: fault, saved })
    return anew
  }

  const openAgain = (): Shelf => {
    const aside = replace(file)
    const shelf = open(file)
    if (aside !== null) onNews({ what: 'set-aside', file: aside, message: 'the start that found it so was cut', saved: shelf.depth })
    return shelf
  }

  /** The disk is full or cannot be written from the start: `seq` goes on after what lies in the file all the same. */
  const look = (): void => {
    if (disk !== null || looked) return
    looked = true
    const found = salvage(existsSync(completeOf(file)) ? completeOf(file) : file)
    outOfReach = found.entries.length
    standing = found.standing
    countOn(found)
  }

  /** Does something on disk. False: the disk does not do it now. */
  const onDisk = (work: (shelf: Shelf) => void, isRetry = false): boolean => {
    // To begin a file anew is much to write: not with every message.
    if (rescued !== null && !isRetry) return false
    try {
      try {
        disk ??= rescued === null ? openAgain() : beginAnew(rescued)
        work(disk)
      } catch (error) {
        if (rescued !== null || !isSpoilt(error)) throw error
        rescued = rescue(error)
        disk = beginAnew(rescued)
        work(disk)
      }
      return true
    } catch (error) {
      refuse(error)
      look()
      return false
    }
  }

  const makeRoom = (shelf: Shelf): void => drop(shelf.makeRoom(), 'no-room')

  const age = (): void => {
    const nowMs = nowWallMs()
    if (nowMs !== null && disk !== null) onDisk((shelf) => drop(shelf.dropOld(nowMs), 'too-old'))
  }

  const letGo = (shelf: Shelf): void => {
    shelf.remove([...acknowledged])
    acknowledged.clear()
  }

  const retry = (): void => {
    if (!refusing) return
    const entries = held()
    if (!onDisk((shelf) => shelf.insert(entries), true) || !onDisk(letGo)) return
    spare.remove(entries.map(({ id }) => id))
    refusing = false
    onNews({ what: 'disk-accepts', held: entries.length })
    onDisk(makeRoom)
  }

  onDisk((shelf) => {
    standing = shelf.standing()
    isOpened = true
    const sound = soundCount(shelf.lastSeq, reserved) ?? 0
    if (sound > shelf.lastSeq) {
      shelf.takeOver(sound, [])
      onNews({ what: 'seq-leaps', to: sound })
    }
    lastSeq = Math.max(lastSeq, shelf.lastSeq)
    stayAhead()
    makeRoom(shelf)
  })
  age()

  return {
    put: (entries) => {
      lastSeq = entries.reduce((last, { seq }) => Math.max(last, seq), lastSeq)
      stayAhead()
      if (onDisk((shelf) => shelf.insert(entries))) onDisk(makeRoom)
      else {
        spare.insert(entries)
        makeRoom(spare)
      }
    },
    take: (count, live) => {
      const found: Entry[] = []
      const busy = new Set([...taken, ...acknowledged])
      onDisk((shelf) => void found.push(...shelf.first(count, live, busy)))
      // What the disk did not take is not behind what it holds: an alarm of now must not wait for a mended disk.
      const first = [...spare.first(count, live, taken), ...found].slice(0, count)
      for (const { id } of first) taken.add(id)
      return first
    },
    acknowledge: (ids) => {
      for (const id of ids) {
        taken.delete(id)
        const before = spare.depth
        spare.remove([id])
        if (spare.depth === before) acknowledged.add(id)
      }
      if (acknowledged.size === 0) return
      // One that the disk does not take costs a double with the same id after a restart, nothing more.
      onDisk(letGo)
    },
    release: () => taken.clear(),
    age,
    retry,
    get depth() {
      return (disk?.depth ?? outOfReach) - acknowledged.size + spare.depth
    },
    get dropped() {
      return dropped
    },
    get lastSeq() {
      return Math.max(lastSeq, disk?.lastSeq ?? 0)
    },
    get standing() {
      return standing
    },
    close: () => {
      retry()
      disk?.close()
      disk = null
      outOfReach = 0
    },
  }
}
