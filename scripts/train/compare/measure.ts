/** What is measured of a network that is only to be compared, through ONNX Runtime on one thread. */
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { normalise } from '../../../daemon/vision/classify/normalise.js'
import { onnxRuntime } from '../../../daemon/vision/onnxruntime.js'
import type { Mrl } from '../data/mrl.js'
import { accuracy, type Judged } from '../evaluate/scores.js'
import type { Network } from '../network.js'

/** A network with its file, and the set at its side. */
export type Candidate = { network: Network; model: string; mrl: Mrl }

const CHUNK = 128

const numbers = (tensor: Tensor | undefined): Float32Array => {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('the model gave no float32 numbers')
  return tensor.data
}

/** The patches in these rows as the network takes them: [N, channels, side, side]. */
export const inputOf = async (
  { network: { side, channels }, mrl }: Pick<Candidate, 'network' | 'mrl'>,
  rows: readonly number[],
): Promise<Tensor> => {
  const { Tensor: Made } = await onnxRuntime()
  const plane = side ** 2
  const values = new Float32Array(rows.length * channels * plane)
  rows.forEach((row, at) => {
    const first = at * channels * plane
    normalise(mrl.test.subarray(row * plane, (row + 1) * plane), values, first)
    for (let channel = 1; channel < channels; channel++) values.copyWithin(first + channel * plane, first, first + plane)
  })
  return new Made('float32', values, [rows.length, channels, side, side])
}

const open = async (model: string): Promise<InferenceSession> =>
  (await onnxRuntime()).InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 })

/** Share of the MRL crops in these rows that are judged right; one called unseen is not. */
export const accuracyOf = async (candidate: Candidate, rows: readonly number[]): Promise<number> => {
  const session = await open(candidate.model)
  const judged: Judged[] = []
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK)
    const { closed, visible } = await session.run({ patch: await inputOf(candidate, part) })
    const [probabilities, seen] = [numbers(closed), numbers(visible)]
    part.forEach((row, at) => {
      judged.push({ closed: candidate.mrl.crops[row]?.closed === true, probability: probabilities[at] ?? 0, visible: seen[at] ?? 0 })
    })
  }
  await session.release()
  return accuracy(judged)
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const ROUNDS = 300
const WARM_ROUNDS = 30

/** Median milliseconds for two patches, of all candidates in turns, so that a busy moment of the machine meets them all. */
export const twoEyesMs = async (candidates: readonly Candidate[]): Promise<number[]> => {
  const runs = await Promise.all(
    candidates.map(async (candidate) => ({
      session: await open(candidate.model),
      patch: await inputOf(candidate, [0, 1]),
      times: [] as number[],
    })),
  )
  for (let round = 0; round < ROUNDS; round++) {
    for (const { session, patch, times } of runs) {
      const start = performance.now()
      await session.run({ patch })
      if (round >= WARM_ROUNDS) times.push(performance.now() - start)
    }
  }
  await Promise.all(runs.map(({ session }) => session.release()))
  return runs.map(({ times }) => median(times))
}
