/** The vision process as the kernel shows it, beside what the daemon says of it: which recording it has open, and since when. */
import { readdirSync, readlinkSync } from 'node:fs'
import { monotonicMs } from '../../../daemon/monotonic.js'
import type { Pictures } from './recording.js'
import type { Service } from './service.js'

/** A recording begins when it is opened in another's place; a loop opens it again, which counts on. */
export type Sight = { pid: number; pictures: Pictures; openedMs: number }

export interface Eyes {
  /** What the process that lives now has before it, or null. */
  readonly sight: Sight | null
  /** How late a look every 20 ms was at most, ms: what the machine, not the daemon, added to every time. */
  readonly longestLateMs: number
  close(): void
}

// A frame lasts 67 ms.
const LOOK_EVERY_MS = 20

const ALL = ['driver', 'frozen', 'black'] as const

const openFiles = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
      } catch {
        // closed while we looked
        return []
      }
    })
  } catch {
    // it has just ended
    return []
  }
}

export const watchEyes = (service: Service, recordings: Readonly<Record<Pictures, string>>): Eyes => {
  let sight: Sight | null = null
  let lookedMs = monotonicMs()
  let longestLateMs = 0

  const look = (): void => {
    const nowMs = monotonicMs()
    longestLateMs = Math.max(longestLateMs, nowMs - lookedMs - LOOK_EVERY_MS)
    lookedMs = nowMs
    const pid = service.vision()
    if (sight?.pid !== pid) sight = null
    if (pid === null) return
    const open = openFiles(pid)
    const pictures = ALL.find((name) => open.includes(recordings[name]))
    // Between two rounds none is open for a moment.
    if (pictures !== undefined && pictures !== sight?.pictures) sight = { pid, pictures, openedMs: nowMs }
  }

  const looking = setInterval(look, LOOK_EVERY_MS)
  return {
    get sight() {
      look()
      return sight
    },
    get longestLateMs() {
      return longestLateMs
    },
    close: () => clearInterval(looking),
  }
}
