/** Picks the outbox: on disk where a file is named, else in memory. */
import type { Log } from '../log-port.js'
import { openDiskOutbox } from './disk.js'
import { createMemoryOutbox } from './memory.js'
import { newsSentence } from './news.js'
import type { Outbox } from './types.js'

export type OutboxConfig = {
  /** The SQLite file, or null: in memory. */
  file: string | null
  maxMb: number
  maxDays: number
}

export type OpenOptions = {
  log: Log
  /** ms since 1970, or null while that clock is not known to be right. */
  nowWallMs: () => number | null
  /** Told when the disk refuses and when it takes events again, with a sentence; default: that is logged. */
  onDisk?: (isRefusing: boolean, sentence: string) => void
  /** The compiled thread, where it does not lie beside this file. */
  threadFile?: string | undefined
}

/** Opens it within 3 s, whatever the disk does; what is wrong is logged. */
export const openOutbox = async (config: OutboxConfig, { log, nowWallMs, onDisk, threadFile }: OpenOptions): Promise<Outbox> => {
  const onNews = (news: Parameters<typeof newsSentence>[0]) => {
    const { level, sentence } = newsSentence(news, config.file)
    const isOfDisk = news.what === 'disk-refuses' || news.what === 'disk-accepts'
    if (isOfDisk && onDisk !== undefined) onDisk(news.what === 'disk-refuses', sentence)
    else log[level](sentence)
  }
  if (config.file === null) {
    log.warn('Events wait in memory only and do not outlive the daemon: fleet.outbox.file names no file.')
    return createMemoryOutbox({ onNews })
  }
  return openDiskOutbox({
    file: config.file,
    budget: { bytes: config.maxMb * 1e6, ageMs: config.maxDays * 86_400_000 },
    onNews,
    onThreadDeath: (error) => log.error(`The outbox's thread died and is started again: ${error.message}`),
    nowWallMs,
    threadFile,
  })
}
