/**
 * Which lines the daemon drives, noted for whoever must switch them off when it no longer can: what the configuration says by then may
 * be something else, or nothing at all.
 */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isCode, reasonOf } from '../reason-of.js'
import { replaceFile } from './replace-file.js'

const notedLine = z.strictObject({
  part: z.enum(['buzzer', 'led']),
  backend: z.enum(['sysfs', 'gpiod']),
  chip: z.string(),
  line: z.int().min(0),
  lineName: z.string().nullable(),
  activeLow: z.boolean(),
})
export type NotedLine = z.infer<typeof notedLine>

// Lines fall back at a boot, and may then be somebody else's: a note of another boot holds no more.
const note = z.strictObject({ bootId: z.string(), lines: z.array(notedLine) })

export const OUTPUTS_NOTE = 'outputs.json'

export interface OutputsNote {
  /** The lines that are driven from now on. Returns at once; a disk that refuses is told to `warn`, once for each change. */
  set(lines: readonly NotedLine[]): void
  /** Resolves when it is written. Never rejects. */
  close(): Promise<void>
}

/** @param folder null: there is none, and nothing is noted. @param bootId names this boot */
export function createOutputsNote(folder: string | null, bootId: string, warn: (message: string) => void): OutputsNote {
  if (folder === null) return { set: () => undefined, close: async () => undefined }
  const file = path.join(folder, OUTPUTS_NOTE)
  const makeFolder = () =>
    // One level only: on /proc Node's recursive mkdir never comes back.
    mkdir(folder).catch((fault: unknown) => {
      if (!isCode(fault, 'EEXIST')) throw fault
    })
  let wanted = ''
  let written = ''
  let lastFault: string | null = null
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    while (wanted !== written) {
      const text = wanted
      try {
        await makeFolder()
        await replaceFile(file, text)
        lastFault = null
      } catch (fault) {
        const message = `Which lines buzzer and light are on cannot be noted in ${file}: ${reasonOf(fault)}; kantukd outputs-off goes by the configuration alone.`
        if (message !== lastFault) warn(message)
        lastFault = message
      }
      // Tried once for each change: the next start is another.
      written = text
    }
    writing = null
  }

  return {
    set(lines) {
      wanted = `${JSON.stringify({ bootId, lines })}\n`
      writing ??= write()
    },
    async close() {
      await writing
    },
  }
}

/**
 * What was noted in a folder in this boot; null where nothing was.
 * @throws Error that says why what is there cannot be used
 */
export async function readOutputsNote(folder: string, bootId: string): Promise<readonly NotedLine[] | null> {
  const file = path.join(folder, OUTPUTS_NOTE)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (fault) {
    if (isCode(fault, 'ENOENT')) return null
    throw new Error(`${file} cannot be read: ${reasonOf(fault)}`, { cause: fault })
  }
  try {
    const noted = note.parse(JSON.parse(text))
    return noted.bootId === bootId ? noted.lines : null
  } catch (fault) {
    throw new Error(`${file} is no note of lines, or a damaged one`, { cause: fault })
  }
}
