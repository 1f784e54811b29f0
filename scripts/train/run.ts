/** One training run: steps, averages, validation after each epoch, resumed where it stopped. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { normalise } from '../../daemon/vision/classify/normalise.js'
import { loadParameters, loadState, saveParameters, saveState } from './checkpoint.js'
import { legAt, legsOf } from './course.js'
import type { Mrl } from './data/mrl.js'
import { balancedAccuracy, crossEntropy, fitTemperature, sigmoid } from './evaluate/scores.js'
import type { Forward } from './forward.js'
import type { Job } from './jobs.js'
import { OUTPUTS } from './network.js'
import { advance, learningRate, startState } from './optimizer.js'
import { layoutOf, type Parameters } from './parameters.js'
import { prefetch } from './prefetch.js'
import { progress } from './progress.js'
import { RECIPE } from './recipe.js'

const CHUNK = 128
/** A checkpoint this often: at most a minute and a half is lost. */
const CHECKPOINT_STEPS = 200

/** Logits of closed and of visible for each patch. `pixels`: side × side gray bytes each, of the network's side, one after another. */
export const logitsOf = (
  forward: Forward,
  parameters: Parameters,
  pixels: Buffer,
  rows: readonly number[],
): { closed: Float32Array; visible: Float32Array } => {
  const { side } = forward.network
  const closed = new Float32Array(rows.length)
  const visible = new Float32Array(rows.length)
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK)
    const patches = new Float32Array(part.length * side ** 2)
    part.forEach((row, at) => {
      normalise(pixels.subarray(row * side ** 2, (row + 1) * side ** 2), patches, at * side ** 2)
    })
    const logits = forward.infer(parameters, patches)
    part.forEach((_, at) => {
      closed[start + at] = logits[at * OUTPUTS] ?? 0
      visible[start + at] = logits[at * OUTPUTS + 1] ?? 0
    })
  }
  return { closed, visible }
}

const record = z.object({ bestLoss: z.number(), bestStep: z.number(), worse: z.number() })

export type RunOptions = { forward: Forward; job: Job; mrl: Mrl; data: string; cache: string; folder: string; start: () => Parameters }

/**
 * Trains, or goes on training, and returns the averaged parameters: those of the end, or, when the validation loss got worse
 * for so long that the run was stopped, the best before. Files go to `folder`.
 */
export const run = async ({ forward, job, mrl, data, cache, folder, start }: RunOptions): Promise<Parameters> => {
  const parts = job.partsOf(mrl.crops)
  const validationRows = parts.flatMap((part, row) => (part === 'validation' ? [row] : []))
  const validationClosed = validationRows.map((row) => mrl.crops[row]?.closed === true)
  const crops = parts.filter((part) => part === 'train').length
  const legs = legsOf(job.courses, crops, RECIPE.batch)
  const steps = legs.at(-1)?.until ?? 0
  const stateFile = join(folder, `${job.name}.state`)
  const bestFile = join(folder, `${job.name}.best`)
  const recordFile = join(folder, `${job.name}.json`)
  const layout = layoutOf(forward.network)
  const state = loadState(stateFile, layout) ?? startState(start())
  let kept = existsSync(recordFile)
    ? record.parse(JSON.parse(readFileSync(recordFile, 'utf8')))
    : { bestLoss: Number.POSITIVE_INFINITY, bestStep: 0, worse: 0 }
  console.log(`${job.name}: ${job.what}; ${steps} steps, from step ${state.step}`)
  if (state.step >= steps) return state.average

  const validate = (): void => {
    if (validationRows.length === 0) return
    const logits = logitsOf(forward, state.average, mrl.test, validationRows)
    // At the best temperature: that is how the model will be shipped.
    const validationLoss = crossEntropy(logits.closed, validationClosed, fitTemperature(logits.closed, validationClosed))
    const right = balancedAccuracy(
      validationClosed.map((closed, at) => ({
        closed,
        probability: sigmoid(logits.closed[at] ?? 0),
        visible: sigmoid(logits.visible[at] ?? 0),
      })),
    )
    console.log(`${job.name}: step ${state.step}: validation loss ${validationLoss.toFixed(4)}, balanced ${(100 * right).toFixed(2)} %`)
    if (validationLoss < kept.bestLoss) {
      kept = { bestLoss: validationLoss, bestStep: state.step, worse: 0 }
      saveParameters(bestFile, state.average, state.step)
    } else kept = { ...kept, worse: kept.worse + 1 }
    writeFileSync(recordFile, JSON.stringify(kept))
  }

  const seed = RECIPE.seed + (job.from === 'imagenet' || job.from === 'chance' ? 0 : 1)
  const batches = prefetch({ job: job.name, data, cache, seed, crops }, state.step)
  const say = progress(job.name, steps, state.step)
  while (state.step < steps && kept.worse < RECIPE.patience) {
    const result = forward.step(state.raw, await batches.next())
    if (!Number.isFinite(result.loss)) throw new Error(`${job.name}: the loss is ${result.loss} at step ${state.step}`)
    const { course, from, until, epochSteps } = legAt(legs, state.step)
    const rate = learningRate(state.step - from, until - from, course.warmSteps, course.peak)
    advance(state, result.gradient, result.statistics, { ...RECIPE, learningRate: rate }, state.step - from < course.headSteps)
    say(state.step, result.loss)
    const isEpoch = (state.step - from) % epochSteps === 0 || state.step === until
    if (isEpoch) validate()
    if (isEpoch || state.step % CHECKPOINT_STEPS === 0) saveState(stateFile, state)
  }
  await batches.close()
  return kept.worse < RECIPE.patience ? state.average : loadParameters(bestFile, layout)
}
