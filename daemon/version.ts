/** The version of the program, out of its package.json. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

export function programVersion(): string {
  const file = new URL('../package.json', import.meta.url)
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
}
