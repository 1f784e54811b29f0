/** What comes after a run: calibration by people not trained on, folding, and the files. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { encodeModel } from '../onnx/model.js'
import type { Shares } from './course.js'
import type { Mrl } from './data/mrl.js'
import { fitTemperature } from './evaluate/scores.js'
import { onnxGraph } from './export-onnx.js'
import { type Calibration, type Folded, fold } from './fold.js'
import type { Forward } from './forward.js'
import { imagenetSource } from './imagenet.js'
import type { Job } from './jobs.js'
import type { Network } from './network.js'
import type { Parameters } from './parameters.js'
import { RECIPE, recipeHash } from './recipe.js'
import { logitsOf } from './run.js'

const stored = z.object({ temperatures: z.tuple([z.number(), z.number()]), offsets: z.tuple([z.number(), z.number()]) })

const PLAIN: Calibration = { temperatures: [1, 1], offsets: [0, RECIPE.visibleOffset] }

/** The calibration of the held-out run, which all others use: it alone keeps people back for that. */
export const heldOutCalibration = (folder: string): Calibration => {
  const file = join(folder, 'calibration.json')
  if (existsSync(file)) return stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  console.warn('no calibration yet: probabilities are as trained (npm run train -- --job held-out makes one)')
  return PLAIN
}

/** Fits the temperature of "closed" on the validation people and keeps it beside the run. */
export const calibrate = (forward: Forward, parameters: Parameters, mrl: Mrl, job: Job, folder: string): Calibration => {
  const rows = job.partsOf(mrl.crops).flatMap((part, row) => (part === 'validation' ? [row] : []))
  if (rows.length === 0) return heldOutCalibration(folder)
  const { closed: logits } = logitsOf(forward, parameters, mrl.test, rows)
  const temperature = fitTemperature(
    logits,
    rows.map((row) => mrl.crops[row]?.closed === true),
  )
  const calibration: Calibration = { temperatures: [temperature, 1], offsets: [0, RECIPE.visibleOffset] }
  writeFileSync(join(folder, 'calibration.json'), JSON.stringify(calibration))
  return calibration
}

const draws = ({ courses }: Job, source: keyof Shares): boolean => courses.some(({ shares }) => shares[source] !== undefined)

const metadataOf = (job: Job, { kind, width, side, channels }: Network, { temperatures }: Calibration): Record<string, string> => ({
  name: 'kantukd eye-state',
  version: `2-${recipeHash().slice(0, 8)}`,
  architecture: `${kind}, width ${width}, ${side}x${side}, ${channels === 1 ? 'gray' : 'three channels'}, batch norm folded`,
  trainedOn:
    `MRL Eye Dataset (VSB-TU Ostrava, 2018)${job.cew ? ', CEW (2014)' : ''}${draws(job, 'footage') ? ', recordings' : ''}, ` +
    `${draws(job, 'drawn') ? 'eyes drawn by numbers, ' : ''}` +
    `from the ImageNet weights of ${imagenetSource(job.architecture)}`,
  job: job.name,
  jobIs: job.what,
  recipe: recipeHash(),
  temperature: temperatures[0].toFixed(4),
})

/** Folds the network and writes it as ONNX. */
export const writeOnnx = (file: string, network: Network, parameters: Parameters, job: Job, calibration: Calibration): Folded => {
  const folded = fold(network, parameters, calibration)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, encodeModel(onnxGraph(folded, metadataOf(job, network, calibration))))
  renameSync(`${file}.part`, file)
  console.log(`wrote ${file}`)
  return folded
}
