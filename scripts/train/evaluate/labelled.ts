/** Labelled pictures of single eyes that are not one of our sets: a folder with closed/ and open/, or a manifest. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createClassifier } from '../../../daemon/vision/classify/index.js'
import { type EyeCut, readEyePatch } from '../../../daemon/vision/pictures.js'
import type { Judged } from './scores.js'

/** `none` is no eye. */
export type Labelled = { file: string; label: 'closed' | 'open' | 'none' }

const PICTURE = /\.(png|jpe?g|webp|bmp)$/i

const fromFolder = (folder: string): Labelled[] =>
  (['closed', 'open', 'none'] as const).flatMap((label) => {
    const inside = join(folder, label)
    if (!existsSync(inside)) return []
    return readdirSync(inside)
      .filter((name) => PICTURE.test(name))
      .sort()
      .map((name) => ({ file: join(inside, name), label }))
  })

const fromManifest = (manifest: string): Labelled[] => {
  const [header = '', ...rows] = readFileSync(manifest, 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  const [path, label, open] = ['path', 'label', 'open'].map((name) => columns.indexOf(name))
  if (path === undefined || path < 0 || (label === -1 && open === -1)) {
    throw new Error(`${manifest}: its first line must name a column path and a column label (closed, open or none) or open (1 or 0)`)
  }
  return rows.map((row, at) => {
    const cells = row.split(',')
    const given = label !== undefined && label >= 0 ? cells[label] : cells[open ?? -1] === '1' ? 'open' : 'closed'
    if (given !== 'closed' && given !== 'open' && given !== 'none') {
      throw new Error(`${manifest}:${at + 2}: label "${given}"; it must be closed, open or none`)
    }
    return { file: join(dirname(manifest), cells[path] ?? ''), label: given }
  })
}

/** What a folder or a manifest lists. Throws, naming the cure, when there is nothing in it. */
export const readLabelled = (source: string): Labelled[] => {
  if (!existsSync(source)) throw new Error(`${source} does not exist`)
  const found = statSync(source).isDirectory() ? fromFolder(source) : fromManifest(source)
  if (found.length === 0)
    throw new Error(`${source}: no pictures; a folder must hold closed/ and open/ (and perhaps none/) with png, jpg, webp or bmp`)
  return found
}

const BATCH = 256

/** Judges them as `kantukd classify --eye` does; what is no eye comes apart. */
export const judgeLabelled = async (
  model: string,
  labelled: readonly Labelled[],
  cut: EyeCut = 'wide',
): Promise<{ eyes: Judged[]; none: { patches: number; visible: number } }> => {
  const classifier = await createClassifier({ kind: 'onnx', model, threads: 2 })
  const eyes: Judged[] = []
  const none = { patches: 0, visible: 0 }
  for (let start = 0; start < labelled.length; start += BATCH) {
    const part = labelled.slice(start, start + BATCH)
    const states = await classifier.classify(part.map(({ file }) => readEyePatch(file, classifier.inputSize, cut)))
    states.forEach(({ closed, visible }, at) => {
      const label = part[at]?.label
      if (label === 'none') {
        none.patches++
        if (visible >= 0.5) none.visible++
      } else eyes.push({ closed: label === 'closed', probability: closed, visible })
    })
  }
  await classifier.close()
  return { eyes, none }
}
