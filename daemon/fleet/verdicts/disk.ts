/** Verdicts on the disk: one line each, added at the end, so that a power cut can spoil no more than the line under way. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { reasonOf } from '../../reason-of.js'
import { replaceFile } from '../../state/replace-file.js'
import { createMemoryVerdicts, MOST_VERDICTS } from './memory.js'
import type { Verdicts } from './types.js'

const line = z.strictObject({ incident: z.string().max(64), verdict: z.boolean() })
type Line = z.infer<typeof line>

const textOf = ({ incident, verdict }: Line): string => `${JSON.stringify({ incident, verdict })}\n`

const parsed = (text: string): Line | null => {
  try {
    return line.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // torn by a power cut: the fleet had no answer to it, and sends it again
    return null
  }
}

/** Adds a line and waits until it is on the disk. */
async function append(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a', 0o640)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * @param file its folder is made where it is not there
 * @param warn told when what was kept cannot be read; verdicts of this run then begin anew
 */
export const openDiskVerdicts = (file: string, warn: (message: string) => void): Verdicts => {
  let text = ''
  try {
    const folder = path.dirname(file)
    // One level only: on /proc Node's recursive mkdir never comes back.
    if (!existsSync(folder)) mkdirSync(folder)
    if (existsSync(file)) text = readFileSync(file, 'utf8')
  } catch (fault) {
    warn(`The verdicts in ${file} cannot be read: ${reasonOf(fault)}`)
  }
  const lines = text.split('\n').filter((one) => one !== '')
  const known = lines.map(parsed).filter((one) => one !== null)
  const newest = new Map(known.map(({ incident, verdict }) => [incident, verdict]))
  const memory = createMemoryVerdicts(newest)
  let isTorn = text !== '' && !text.endsWith('\n')
  // One after the other: two under way would mix their lines.
  let last: Promise<void> =
    lines.length > 2 * MOST_VERDICTS
      ? replaceFile(
          file,
          [...newest]
            .slice(-MOST_VERDICTS)
            .map(([incident, verdict]) => textOf({ incident, verdict }))
            .join(''),
        ).catch((fault) => warn(`The verdicts in ${file} cannot be made fewer: ${fault.message}`))
      : Promise.resolve()

  return {
    kept: 'disk',
    of: memory.of,
    async put(incident, isTrue) {
      await memory.put(incident, isTrue)
      const added = last.then(async () => {
        const text = textOf({ incident, verdict: isTrue })
        const whole = isTorn ? `\n${text}` : text
        isTorn = true
        await append(file, whole)
        isTorn = false
      })
      last = added.catch(() => undefined)
      await added
    },
  }
}
