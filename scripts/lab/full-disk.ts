/** A disk without room, for a while. */
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Fills a disk to its last byte. @returns how to make room again
 * @param bytes its size
 */
export const fillDisk = (folder: string, bytes: number): (() => void) => {
  const filler = path.join(folder, 'filler')
  // More than there is room for: what is written before the disk says no stays.
  for (let part = bytes; part >= 4096; part /= 2) {
    try {
      writeFileSync(filler, Buffer.alloc(part), { flag: 'a' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  return () => rmSync(filler)
}
