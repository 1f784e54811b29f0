/**
 * Puts a new file in the place of a spoilt one. A plug that is pulled at whatever moment leaves the spoilt file where it was, or the new one complete:
 * then the next start goes on with it.
 */

import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { isCode } from '../../reason-of.js'
import { flushFolderOf } from './flush-folder.js'
import type { Shelf } from './types.js'

// The log and its index before the file itself: the new file must never meet a log that is not its own.
const PARTS = ['-wal', '-shm', '']

/** The new file once it is complete and flushed: where it lies, the spoilt one is done with. */
export const completeOf = (file: string): string => `${file}.complete`

const renameIfThere = (from: string, to: string): void => {
  try {
    renameSync(from, to)
  } catch (fault) {
    if (!isCode(fault, 'ENOENT')) throw fault
  }
}

const removeAll = (file: string): void => {
  for (const part of PARTS) rmSync(file + part, { force: true })
}

/**
 * Makes the new file, beside the spoilt one, which is not touched.
 * @throws SqliteError or Error where the disk does not take it; then nothing of it is left
 */
export const complete = (file: string, open: (file: string) => Shelf, fill: (shelf: Shelf) => void): void => {
  const begun = `${file}.begun`
  try {
    removeAll(begun)
    const shelf = open(begun)
    try {
      fill(shelf)
    } finally {
      shelf.close()
    }
    // Closing writes the log back and takes it away; that it could not, it does not say.
    if ((statSync(`${begun}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw new Error(`${begun}-wal could not be written back`)
    renameSync(begun, completeOf(file))
    flushFolderOf(file)
  } catch (error) {
    removeAll(begun)
    throw error
  }
}

/**
 * Puts the spoilt file under another name, and the complete one in its place; an earlier start may have been cut while it did so.
 * @returns that other name; null where no file is complete
 * @throws Error of the disk
 */
export const replace = (file: string): string | null => {
  if (!existsSync(completeOf(file))) return null
  const aside = `${file}.spoilt-${Date.now()}`
  // With the log goes what only the log holds: that is in the complete file.
  for (const part of PARTS) renameIfThere(file + part, aside + part)
  renameSync(completeOf(file), file)
  flushFolderOf(file)
  return aside
}
