/** The SHA-256 sum of a file, as `sha256sum` prints it. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export const sha256Of = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
