/** Writing a small file so that it is whole or the old one, also when the power goes. */
import { open, rename } from 'node:fs/promises'
import path from 'node:path'

/** Waits until the names in a folder are on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes text and waits until it is on the disk. @param flags as of open(2): `w` a file of its own, `a` at its end */
export async function writeThrough(file: string, text: string, flags: 'w' | 'a', mode: number): Promise<void> {
  const handle = await open(file, flags, mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * A new file beside it, on the disk before it takes the old one's place; then the folder's entry.
 * @param mode permissions of the new file
 * @throws what the file system says; the old file is then as it was
 */
export async function replaceFile(file: string, text: string, mode = 0o640): Promise<void> {
  const beside = `${file}.new`
  await writeThrough(beside, text, 'w', mode)
  await rename(beside, file)
  await syncFolder(path.dirname(file))
}
