/** Waits until the names in a file's folder are on the disk, as the outbox's thread does everything: synchronously. */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import path from 'node:path'

/** @throws Error of the disk */
export const flushFolderOf = (file: string): void => {
  const folder = openSync(path.dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
