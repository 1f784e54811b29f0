/** One training run: steps, averages, validation after each epoch, the best kept, resumed where it stopped. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { INPUT_SIDE, normalise } from '../../daemon/vision/classify/normalise.js'
import { batches } from './batches.js'
import type { DrawBy } from './cells.js'
import { loadParameters, loadState, saveParameters, saveState } from './checkpoint.js'
import { infer, step } from './forward.js'
import { type Mrl, TEST_SIDE } from './mrl.js'
import { advance, learningRate, startState } from './optimizer.js'
import type { Parameters } from './parameters.js'
import { RECIPE } from './recipe.js'
import { balancedAccuracy, crossEntropy, fitTemperature, sigmoid } from './scores.js'
import { rowsOf, type Split } from './split.js'

const CHUNK = 128
/** A checkpoint this often: at most a minute and a half is lost. */
const CHECKPOINT_STEPS = 200
const SAY_STEPS = 20

/** Logits of unaugmented crops, positive is closed. */
export const logitsOf = (parameters: Parameters, mrl: Mrl, rows: readonly number[]): Float32Array => {
  const logits = new Float32Array(rows.length)
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK)
    const patches = new Float32Array(part.length * INPUT_SIDE ** 2)
    part.forEach((row, at) => {
      normalise(mrl.test.subarray(row * TEST_SIDE ** 2, (row + 1) * TEST_SIDE ** 2), patches, at * INPUT_SIDE ** 2)
    })
    logits.set(infer(parameters, patches), start)
  }
  return logits
}

const record = z.object({ bestLoss: z.number(), bestEpoch: z.number(), worse: z.number() })

export type RunOptions = {
  name: Split
  folder: string
  epochs: number
  peak: number
  headSteps: number
  drawBy: DrawBy
  start: () => Parameters
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s`

/**
 * Trains, or goes on training, and returns the averaged parameters: those of the end, or, when the validation loss got worse
 * for so long that the run was stopped, the best before. Files go to `folder`.
 */
export const run = (mrl: Mrl, { name, folder, epochs, peak, headSteps, drawBy, start }: RunOptions): Parameters => {
  const trainRows = rowsOf(mrl.crops, 'train', name)
  const validationRows = rowsOf(mrl.crops, 'validation', name)
  const validationClosed = validationRows.map((row) => mrl.crops[row]?.closed === true)
  const draw = batches(mrl, trainRows, { ...RECIPE, drawBy, size: RECIPE.batch, seed: RECIPE.seed + (name === 'shipped' ? 1 : 0) })
  const stepsPerEpoch = Math.floor(trainRows.length / RECIPE.batch)
  const steps = stepsPerEpoch * epochs
  const stateFile = join(folder, `${name}.state`)
  const bestFile = join(folder, `${name}.best`)
  const recordFile = join(folder, `${name}.json`)
  const state = loadState(stateFile) ?? startState(start())
  let kept = existsSync(recordFile)
    ? record.parse(JSON.parse(readFileSync(recordFile, 'utf8')))
    : { bestLoss: Number.POSITIVE_INFINITY, bestEpoch: 0, worse: 0 }
  console.log(`${name}: ${trainRows.length} crops to train, ${validationRows.length} to validate, ${steps} steps, from step ${state.step}`)
  const began = performance.now()
  const beganAt = state.step
  let loss = 0.7
  while (state.step < steps && kept.worse < RECIPE.patience) {
    const batch = draw(state.step)
    const result = step(state.raw, batch.patches, batch.targets, batch.dropout)
    if (!Number.isFinite(result.loss)) throw new Error(`${name}: the loss is ${result.loss} at step ${state.step}`)
    const rate = learningRate(state.step, steps, RECIPE.warmSteps, peak)
    advance(state, result.gradient, result.statistics, { ...RECIPE, learningRate: rate }, state.step < headSteps)
    loss = 0.95 * loss + 0.05 * result.loss
    if (state.step % SAY_STEPS === 0) {
      const seconds = (performance.now() - began) / 1000
      const left = (seconds / (state.step - beganAt)) * (steps - state.step)
      const each = (1000 * seconds) / (state.step - beganAt)
      console.log(`${name}: step ${state.step}/${steps}, loss ${loss.toFixed(4)}, ${each.toFixed(0)} ms a step, ${clock(left)} left`)
    }
    if (state.step % stepsPerEpoch === 0) {
      const logits = logitsOf(state.average, mrl, validationRows)
      // At the best temperature: that is how the model will be shipped.
      const validationLoss = crossEntropy(logits, validationClosed, fitTemperature(logits, validationClosed))
      const right = balancedAccuracy(validationClosed.map((closed, at) => ({ closed, probability: sigmoid(logits[at] ?? 0) })))
      const epoch = state.step / stepsPerEpoch
      console.log(`${name}: epoch ${epoch}: validation loss ${validationLoss.toFixed(4)}, balanced ${(100 * right).toFixed(2)} %`)
      if (validationLoss < kept.bestLoss) {
        kept = { bestLoss: validationLoss, bestEpoch: epoch, worse: 0 }
        saveParameters(bestFile, state.average, state.step)
      } else kept = { ...kept, worse: kept.worse + 1 }
      writeFileSync(recordFile, JSON.stringify(kept))
    }
    if (state.step % CHECKPOINT_STEPS === 0 || state.step % stepsPerEpoch === 0) saveState(stateFile, state)
  }
  console.log(`${name}: best after epoch ${kept.bestEpoch}, validation loss ${kept.bestLoss.toFixed(4)}`)
  return kept.worse < RECIPE.patience ? state.average : loadParameters(bestFile)
}
