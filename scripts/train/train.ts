/**
 * `npm run train`: from the data sets to the shipped model. `-- --job NAME` trains one of the models that the figures come from
 * instead (`--job list` names them). Every job resumes where it stopped.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeGolden } from './golden.js'
import { JOBS, type Job, jobOf } from './jobs.js'
import { networkOf } from './network.js'
import { layoutOf } from './parameters.js'
import { CACHE, dataFolder, jobOnnx, SHIPPED_ONNX, SHIPPED_TFJS } from './places.js'
import { RECIPE, recipeHash } from './recipe.js'
import { writeSums } from './sums.js'

process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
// TensorFlow switches these on by itself on some processors only. Measured on a Sapphire Rapids, one thread: a step takes half the time.
process.env.TF_ENABLE_ONEDNN_OPTS ??= '1'

const train = async (job: Job): Promise<void> => {
  // TensorFlow is loaded after its settings are made.
  const [
    { run },
    { scratch },
    { fromImagenet },
    { exportTfjs },
    { loadMrl },
    { loadCuts },
    { calibrate, writeOnnx },
    { loadState },
    { openForward },
  ] = await Promise.all([
    import('./run.js'),
    import('./start.js'),
    import('./imagenet.js'),
    import('./export-tfjs.js'),
    import('./data/mrl.js'),
    import('./data/cut-footage.js'),
    import('./finish.js'),
    import('./checkpoint.js'),
    import('./forward.js'),
  ])
  const data = dataFolder()
  const folder = join(CACHE, `run-${recipeHash()}`)
  mkdirSync(folder, { recursive: true })
  const network = networkOf(job.architecture)
  const layout = layoutOf(network)
  const parent = job.from === 'imagenet' || job.from === 'chance' ? null : job.from
  const before = parent === null ? null : loadState(join(folder, `${parent}.state`), layout)
  if (parent !== null && before === null) await train(jobOf(parent))
  // The process that makes batches finds these decoded.
  const mrl = loadMrl(data, CACHE, network.side)
  await loadCuts(data, CACHE)
  const start = () => {
    if (job.from === 'imagenet') return fromImagenet(network, data, RECIPE.seed)
    if (job.from === 'chance') return scratch(network, RECIPE.seed)
    const state = before ?? loadState(join(folder, `${job.from}.state`), layout)
    if (state === null) throw new Error(`${job.name} starts from ${job.from}, which left nothing in ${folder}`)
    return state.average
  }
  const forward = await openForward(network)
  const parameters = await run({ forward, job, mrl, data, cache: CACHE, folder, start })
  const calibration = calibrate(forward, parameters, mrl, job, folder)
  forward.close()
  const folded = writeOnnx(jobOnnx(job.name), network, parameters, job, calibration)
  if (job.name === 'shipped') {
    await exportTfjs(folded, SHIPPED_TFJS)
    writeSums(SHIPPED_ONNX, [])
    writeSums(join(SHIPPED_TFJS, 'model.json'), ['weights.bin'])
    await writeGolden()
    console.log(`wrote ${SHIPPED_TFJS}`)
  }
}

const { values } = parseArgs({ options: { job: { type: 'string', default: 'shipped' } } })
if (values.job === 'list') {
  for (const { name, what } of JOBS) console.log(`${name}${existsSync(jobOnnx(name)) ? ' (done)' : ''}: ${what}`)
} else {
  await train(jobOf(values.job))
  console.log(values.job === 'shipped' ? 'now: npm run golden, then npm run evaluate' : 'now: npm run evaluate')
}
