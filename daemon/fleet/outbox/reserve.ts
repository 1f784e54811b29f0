/**
 * A number that no `seq` has reached, in a small file of its own: where the outbox's own count is spoilt, `seq` goes on after it, whatever the clock
 * says. Written once in a thousand messages, always ahead of them.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { flushFolderOf } from './flush-folder.js'

// Own: so seldom that it wears no card; so many numbers are skipped at most.
const STEP = 1_000
// As the outbox itself.
const MODE = 0o640

const nameOf = (file: string): string => `${file}.seq`

/** Null: there is none, or it cannot be read. Never throws. */
export const reservedFor = (file: string): number | null => {
  try {
    // It stands there three times: a flipped bit spoils two of them at most, and the largest is never too low.
    const numbers = readFileSync(nameOf(file), 'latin1')
      .split('\n')
      .filter((line) => /^\d{1,15}$/.test(line))
    return numbers.length === 0 ? null : Math.max(...numbers.map(Number))
  } catch {
    // Not there yet, or the disk refuses: the outbox says so itself.
    return null
  }
}

/** Writes the next number after `seq`, whole or not at all. @returns it @throws Error of the disk */
export const reserve = (file: string, seq: number): number => {
  const reserved = seq + STEP
  const begun = `${nameOf(file)}.begun`
  const fd = openSync(begun, 'w', MODE)
  try {
    writeSync(fd, `${reserved}\n`.repeat(3))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(begun, nameOf(file))
  flushFolderOf(file)
  return reserved
}

/** How far `seq` has counted at least: a count that is too far behind what was reserved is spoilt. Null: nobody knows. */
export const soundCount = (counted: number | null, reserved: number | null): number | null =>
  reserved !== null && (counted === null || counted < reserved - STEP) ? reserved : counted
