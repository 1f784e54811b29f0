/**
 * Whether a detector is the one that belongs to the program, byte for byte, and gives on this machine what it gave where it was made: its
 * answers to drawn squares against those in `<model>.golden.json`.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { firstLine, isCode } from '../../reason-of.js'
import { goldenFile, isShipped } from '../models.js'
import { sha256Of } from '../sha256.js'
import { drawnSquares } from './drawn.js'
import { LocatorError } from './errors.js'

/** What a detector gives for one square. */
export type Raw = {
  /** Anchors × 16, px of the input. */
  regressors: Float32Array
  /** One an anchor. */
  logits: Float32Array
}

/** A detector without its decoding: the square it takes, and what it gives for one. */
export type Network = { inputPx: number; run(square: Float32Array): Promise<Raw> }

// Issue "it survives the road": within 1e-3, of a score and of the input's side. Two processors differ by about 1e-6.
const TOLERANCE = 1e-3

const VALUES = 16
// Own: the surest anchors of each square; every weight has its part in each of them.
const ANCHORS = 4

const answer = z.object({ anchor: z.number().int().nonnegative(), score: z.number(), values: z.array(z.number()).length(VALUES) })
const golden = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), squares: z.array(z.array(answer).length(ANCHORS)).min(1) })
type Answer = z.infer<typeof answer>
export type DetectorGolden = z.infer<typeof golden>

const answerAt = ({ regressors, logits }: Raw, anchor: number, inputPx: number): Answer => ({
  anchor,
  score: 1 / (1 + Math.exp(-(logits[anchor] ?? Number.NaN))),
  values: Array.from({ length: VALUES }, (_, at) => (regressors[anchor * VALUES + at] ?? Number.NaN) / inputPx),
})

/** What belongs into the file of a detector, by the one that runs where it was made. */
export async function goldenOf({ inputPx, run }: Network, model: string): Promise<DetectorGolden> {
  const squares: Answer[][] = []
  for (const square of drawnSquares(inputPx)) {
    const raw = await run(square)
    const surest = [...raw.logits.keys()].sort((a, b) => (raw.logits[b] ?? 0) - (raw.logits[a] ?? 0)).slice(0, ANCHORS)
    squares.push(surest.map((anchor) => answerAt(raw, anchor, inputPx)))
  }
  return { sha256: await sha256Of(model), squares }
}

const CURE = 'install the program again (in a checkout: delete it and run scripts/setup)'

/** @returns null for a detector of one's own, in another folder, to which no golden samples belong */
async function readGolden(model: string): Promise<DetectorGolden | null> {
  const file = goldenFile(model)
  try {
    return golden.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    if (isCode(cause, 'ENOENT') && !isShipped(model)) return null
    throw new LocatorError('locator-model-damaged', `${file} is missing or damaged (${firstLine(cause)}); ${CURE}`, cause)
  }
}

export interface Proof {
  /** @throws LocatorError `locator-model-unproven` when an answer is not the one of the golden samples */
  run(network: Network): Promise<void>
}

/**
 * Compares the file with its sum; `run` of what is returned then asks the network that was made of it.
 * @throws LocatorError `locator-model-damaged`
 */
export async function beginProof(model: string): Promise<Proof> {
  const wanted = await readGolden(model)
  if (wanted === null) return { run: async () => undefined }
  const found = await sha256Of(model)
  if (found !== wanted.sha256) {
    throw new LocatorError(
      'locator-model-damaged',
      `the face detector ${model} is damaged: its SHA-256 is ${found}, and ${goldenFile(model)} states ${wanted.sha256}; ${CURE}`,
    )
  }
  return {
    async run({ inputPx, run }) {
      const drawn = drawnSquares(inputPx)
      let furthest = drawn.length === wanted.squares.length ? 0 : Number.POSITIVE_INFINITY
      for (const [at, square] of drawn.entries()) {
        const raw = await run(square)
        for (const { anchor, score, values } of wanted.squares[at] ?? []) {
          const given = answerAt(raw, anchor, inputPx)
          const off = [given.score - score, ...given.values.map((value, index) => value - (values[index] ?? Number.NaN))].map(Math.abs)
          // A number that is none is as far off as can be.
          furthest = Math.max(furthest, ...off.map((by) => (Number.isNaN(by) ? Number.POSITIVE_INFINITY : by)))
        }
      }
      if (furthest <= TOLERANCE) return
      throw new LocatorError(
        'locator-model-unproven',
        `the face detector ${model} does not give on this machine what it gave where it was made (off by ${furthest.toFixed(4)}, ` +
          `at most ${TOLERANCE}): runtime or processor are at fault; ${CURE}`,
      )
    },
  }
}
