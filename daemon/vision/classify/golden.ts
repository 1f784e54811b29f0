/**
 * Whether a model on this machine gives what it gave where it was made: its answers to drawn eyes against those in `<model>.golden.json`.
 * A sum of the file shows that its bytes are right; this, that runtime and processor make the right numbers of them.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { firstLine, isCode } from '../../reason-of.js'
import { goldenFile, isShipped } from '../models.js'
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

const damaged = (why: string, cause?: unknown) => new ClassifierError('model-damaged', `${why}; install the program again`, cause)

/** A model of one's own has no golden samples, or those of the one that it was made of: it is not proven here. A shipped one has its own. */
const readGolden = async (model: string): Promise<Golden | null> => {
  const file = goldenFile(model)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (isCode(cause, 'ENOENT') && !isShipped(model)) return null
    throw damaged(`${file} cannot be read (${firstLine(cause)})`, cause)
  })
  if (text === null) return null
  const parsed = parse(text, file)
  const found = await sha256Of(model)
  if (parsed.sha256 === found) return parsed
  if (!isShipped(model)) return null
  throw damaged(
    `the eye-state model ${model} is not the one that was shipped: its SHA-256 is ${found}, and ${file} states ${parsed.sha256}`,
  )
}

const parse = (text: string, file: string): Golden => {
  try {
    return golden.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(`${file} is damaged (${firstLine(cause)})`, cause)
  }
}

/**
 * How far the model's answers to the drawn eyes are from its golden samples: the largest difference of a probability. Null for a model without
 * such samples; NaN where their number is another.
 * @throws ClassifierError `model-damaged`
 */
export const farthestOff = async (classifier: Classifier, model: string): Promise<number | null> => {
  const wanted = await readGolden(model)
  if (wanted === null) return null
  const states = await classifier.classify(drawnPatches())
  if (states.length !== wanted.states.length) return Number.NaN
  return Math.max(
    ...states.map((state, at) => {
      const { closed, visible } = wanted.states[at] ?? { closed: Number.NaN, visible: Number.NaN }
      return Math.max(Math.abs(state.closed - closed), Math.abs(state.visible - visible))
    }),
  )
}

/** @throws ClassifierError `model-unproven` when a probability is not the one of the golden samples */
export const prove = async (classifier: Classifier, model: string): Promise<void> => {
  const off = await farthestOff(classifier, model)
  if (off === null || off <= TOLERANCE) return
  throw new ClassifierError(
    'model-unproven',
    `the eye-state model ${model} does not give on this machine what it gave where it was made (off by ${off.toFixed(4)}, ` +
      `at most ${TOLERANCE}): runtime or processor are at fault; install the program again, or set classifier.kind to the other runtime`,
  )
}
