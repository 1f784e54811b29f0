/**
 * `npm run train`: from the data sets to the shipped model, resumed where it stopped.
 *
 * First the honest run, without the test people; then a short one goes on from its result with the test people added, which
 * is what is shipped. Both are calibrated on the validation people, whom neither was trained on.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encodeModel } from '../onnx/model.js'
import { onnxGraph } from './export-onnx.js'
import { type Folded, fold } from './fold.js'
import { loadMrl, type Mrl } from './mrl.js'
import type { Parameters } from './parameters.js'
import { CACHE, dataFolder, HELD_OUT_ONNX, SHIPPED_ONNX, SHIPPED_TFJS } from './places.js'
import { RECIPE, recipeHash } from './recipe.js'
import { fitTemperature } from './scores.js'
import { rowsOf, type Split, TEST_PEOPLE, VALIDATION_PEOPLE } from './split.js'

process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'

const calibrated = (mrl: Mrl, logits: Float32Array, rows: readonly number[]): number => {
  const closed = rows.map((row) => mrl.crops[row]?.closed === true)
  return fitTemperature(logits, closed)
}

const metadataOf = (split: Split, temperature: number): Record<string, string> => ({
  name: 'kantukd eye-state',
  version: `1-${recipeHash().slice(0, 8)}`,
  architecture: 'MobileNetV2, alpha 0.35, 64x64 gray, batch norm folded',
  trainedOn: 'MRL Eye Dataset (VSB-TU Ostrava, 2018), from the ImageNet weights of Keras MobileNetV2 (Apache-2.0)',
  split,
  validationPeople: VALIDATION_PEOPLE.join(' '),
  testPeople: split === 'held-out' ? TEST_PEOPLE.join(' ') : '',
  recipe: recipeHash(),
  temperature: temperature.toFixed(4),
})

const writeOnnx = (file: string, folded: Folded, metadata: Record<string, string>): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, encodeModel(onnxGraph(folded, metadata)))
  renameSync(`${file}.part`, file)
  console.log(`wrote ${file}`)
}

const main = async (): Promise<void> => {
  console.log('about 25 minutes on two cores; stop it at any time, the next call goes on')
  // TensorFlow is loaded after the log level is set.
  const [{ run, logitsOf }, { pretrained }, { exportTfjs }] = await Promise.all([
    import('./run.js'),
    import('./pretrained.js'),
    import('./export-tfjs.js'),
  ])
  const data = dataFolder()
  const mrl = loadMrl(data, CACHE)
  const folder = join(CACHE, `run-${recipeHash()}`)
  mkdirSync(folder, { recursive: true })
  const finish = (split: Split, parameters: Parameters): { folded: Folded; metadata: Record<string, string> } => {
    const rows = rowsOf(mrl.crops, 'validation', split)
    const temperature = calibrated(mrl, logitsOf(parameters, mrl, rows), rows)
    console.log(`${split}: temperature ${temperature.toFixed(3)}`)
    return { folded: fold(parameters, temperature), metadata: metadataOf(split, temperature) }
  }

  const heldOut = run(mrl, {
    name: 'held-out',
    folder,
    epochs: RECIPE.epochs,
    peak: RECIPE.learningRate,
    headSteps: RECIPE.headSteps,
    drawBy: RECIPE.drawBy,
    start: () => pretrained(data, RECIPE.seed),
  })
  const honest = finish('held-out', heldOut)
  writeOnnx(HELD_OUT_ONNX, honest.folded, honest.metadata)

  const shipped = run(mrl, {
    name: 'shipped',
    folder,
    epochs: RECIPE.shippedEpochs,
    peak: RECIPE.shippedLearningRate,
    headSteps: 0,
    drawBy: RECIPE.shippedDrawBy,
    start: () => heldOut,
  })
  const final = finish('shipped', shipped)
  writeOnnx(SHIPPED_ONNX, final.folded, final.metadata)
  await exportTfjs(final.folded, SHIPPED_TFJS)
  console.log(`wrote ${SHIPPED_TFJS}; now: npm run evaluate`)
}

await main()
