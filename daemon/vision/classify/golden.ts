/**
 * Whether a model on this machine gives what it gave where it was made: its answers to drawn eyes against those in `<model>.golden.json`.
 * A sum of the file shows that its bytes are right; this, that runtime and processor make the right numbers of them.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { firstLine, isCode } from '../../reason-of.js'
import { goldenFile } from '../models.js'
import { sha256Of } from '../sha256.js'
import { drawnPatches } from './drawn.js'
import { ClassifierError } from './errors.js'
import type { Classifier } from './types.js'

// Issue "it survives the road": probabilities within 1e-3. Two processors differ by about 1e-6.
const TOLERANCE = 1e-3

const share = z.number().min(0).max(1)
const golden = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), states: z.array(z.object({ closed: share, visible: share })) })
export type Golden = z.infer<typeof golden>

/** What belongs into the file of a model, by the classifier that runs it where it was made. */
export const goldenOf = async (classifier: Classifier, model: string): Promise<Golden> => ({
  sha256: await sha256Of(model),
  states: await classifier.classify(drawnPatches()),
})

/** A model of one's own has no golden samples, and one that was replaced has those of another: neither is proven here. */
const readGolden = async (model: string): Promise<Golden | null> => {
  const file = goldenFile(model)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (isCode(cause, 'ENOENT')) return null
    throw new ClassifierError('model-damaged', `${file} cannot be read (${firstLine(cause)})`, cause)
  })
  if (text === null) return null
  try {
    const parsed = golden.parse(JSON.parse(text))
    return parsed.sha256 === (await sha256Of(model)) ? parsed : null
  } catch (cause) {
    throw new ClassifierError('model-damaged', `${file} is damaged (${firstLine(cause)}); install the program again`, cause)
  }
}

/** @throws ClassifierError `model-unproven` when a probability is not the one of the golden samples */
export const prove = async (classifier: Classifier, model: string): Promise<void> => {
  const wanted = await readGolden(model)
  if (wanted === null) return
  const states = await classifier.classify(drawnPatches())
  const furthest = Math.max(
    ...states.map((state, at) => {
      const { closed, visible } = wanted.states[at] ?? { closed: Number.NaN, visible: Number.NaN }
      return Math.max(Math.abs(state.closed - closed), Math.abs(state.visible - visible))
    }),
  )
  if (furthest <= TOLERANCE && states.length === wanted.states.length) return
  throw new ClassifierError(
    'model-unproven',
    `the eye-state model ${model} does not give on this machine what it gave where it was made (off by ${furthest.toFixed(4)}, ` +
      `at most ${TOLERANCE}): runtime or processor are at fault; install the program again, or set classifier.kind to the other runtime`,
  )
}
