/** The folder of recordings: never more in it than was allowed, and never the last of the disk. */
import { readdir, stat, statfs, unlink } from 'node:fs/promises'
import path from 'node:path'

const BYTES_IN_MB = 1024 * 1024
// Own: what the system and the outbox need to go on.
const LEAVE_FREE_MB = 200

const NAME = /^observations-.+-\d{5}\.jsonl$/

/** @param run names the run; @param part counts its files from 1 */
export const partName = (run: string, part: number): string => `observations-${run}-${String(part).padStart(5, '0')}.jsonl`

/**
 * Deletes the oldest recordings until the others and `spareBytes` more fit into `allowedBytes`. Other files are left alone.
 * @param current the file that is being written, which stays
 * @returns free bytes of the disk less those that must stay free; negative when there is no more room
 */
export async function makeRoom(folder: string, allowedBytes: number, spareBytes: number, current: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name) && name !== current)
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name))
      return { name, size, mtimeMs }
    }),
  )
  files.sort((a, b) => a.mtimeMs - b.mtimeMs || a.name.localeCompare(b.name))
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  for (const { name, size } of files) {
    if (bytes + spareBytes <= allowedBytes) break
    await unlink(path.join(folder, name))
    bytes -= size
  }
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize - LEAVE_FREE_MB * BYTES_IN_MB
}
