/** Where the real recordings lie, for tests that need them; they are not part of the project. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folder of real data: KANTUK_DATA, or ../shared/data beside the checkout. */
export const dataFolder = process.env.KANTUK_DATA ?? path.join(root, '../shared/data')

/** A file below the data folder, or null, which has then been said on stderr. */
export function dataFile(...parts: string[]): string | null {
  const file = path.join(dataFolder, ...parts)
  if (existsSync(file)) return file
  console.warn(`SKIPPED: ${file} is not there; set KANTUK_DATA to a folder with the recordings to run what needs them.`)
  return null
}
