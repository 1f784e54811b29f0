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

/**
 * A new file beside it, on the disk before it takes the old one's place; then the folder's entry.
 * @param mode permissions of the new file
 * @throws what the file system says; the old file is then as it was
 */
export async function replaceFile(file: string, text: string, mode = 0o640): Promise<void> {
  const beside = `${file}.new`
  const handle = await open(beside, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  await syncFolder(path.dirname(file))
}
