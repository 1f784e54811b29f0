/** What YuNet says of every frame of a recording, kept in .cache/measure: it takes twenty times as long as what is measured. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { framesOf, type Recording } from './recordings.js'
import { createYunet, DECODING, type Reference } from './yunet.js'

const CACHE = fileURLToPath(new URL('../../.cache/measure', import.meta.url))

const point = z.tuple([z.number(), z.number()])
const kept = z.object({
  /** Changes when a recording, the network or its decoding do. */
  key: z.string(),
  faces: z.array(
    z.object({ score: z.number(), box: z.tuple([z.number(), z.number(), z.number(), z.number()]), left: point, right: point }).nullable(),
  ),
})

const read = (file: string): z.infer<typeof kept> | null => {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Not there, or half written: it is made anew.
    return null
  }
}

const stamp = (file: string): string => `${statSync(file).size}/${statSync(file).mtimeMs}`

/** One entry a frame, null where YuNet finds no face. */
export const createReference = (yunetFile: string): ((recording: Recording) => Promise<(Reference | null)[]>) => {
  let yunet: ReturnType<typeof createYunet> | null = null
  return async ({ name, file, group }) => {
    const target = path.join(CACHE, `${group.replace('/', '-')}-${name}.json`)
    const key = [stamp(file), stamp(yunetFile), DECODING].join(' ')
    const before = read(target)
    if (before?.key === key) return before.faces
    yunet ??= createYunet(yunetFile)
    const find = await yunet
    const faces: (Reference | null)[] = []
    for await (const frame of framesOf(file)) faces.push(await find(frame))
    mkdirSync(CACHE, { recursive: true })
    writeFileSync(target, JSON.stringify({ key, faces }))
    return faces
  }
}
