/** Files that were set aside because they were spoilt: kept for a while, for those who look into it, and then deleted. */
import { readdir, stat, unlink } from 'node:fs/promises'
import path from 'node:path'

// As the state files and the outbox name what they set aside, the outbox with SQLite's -wal and -shm.
const SET_ASIDE = /\.(bad|spoilt-\d+(-wal|-shm)?)$/
// Own: a vehicle is in the workshop within a month, and a card has room for that.
const KEPT_MS = 30 * 86_400_000

/**
 * Deletes what was set aside more than 30 days ago; everything else is left alone.
 * @param folder one that is not there is no fault
 * @param nowMs ms since 1970
 * @returns the names of what is gone
 * @throws what the file system says
 */
export const pruneSetAside = async (folder: string, nowMs: number): Promise<string[]> => {
  const gone: string[] = []
  const names = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  for (const name of names.filter((each) => SET_ASIDE.test(each))) {
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file)
    if (nowMs - mtimeMs < KEPT_MS) continue
    await unlink(file)
    gone.push(name)
  }
  return gone
}
