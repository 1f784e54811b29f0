/** The configuration that last ran well, as text: what a start falls back to when the file can no longer be used. */
import { readFileSync } from 'node:fs'
import { replaceFile } from './replace-file.js'

export interface LastGood {
  /** Null where none is kept, or none can be read. */
  text(): string | null
  /** @throws what the file system says */
  keep(text: string): Promise<void>
}

/** @param file where it is kept; its folder is there */
export const createLastGood = (file: string): LastGood => {
  const read = (): string | null => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      // none yet, or unreadable: either way there is nothing to fall back to, and the start says what is wrong with the file itself
      return null
    }
  }
  return {
    text: read,
    async keep(text) {
      // a memory card is not worn for what it holds already
      if (read() !== text) await replaceFile(file, text)
    },
  }
}
