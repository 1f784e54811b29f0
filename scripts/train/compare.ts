/**
 * `npm run compare`: other widths, sides and kinds of network beside the shipped one, each trained by the same short budget. Resumes where
 * it stopped; `-- --only NAME` (again and again) trains these alone and prints nothing, `-- --write` trains none and puts the table of all into the model card.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { anyJobOf, COMPARISON_EPOCHS, COMPARISONS, type Comparison } from './comparisons.js'
import { FIRST, stepsPerEpoch } from './course.js'
import type { Mrl } from './data/mrl.js'
import { percent } from './evaluate/tables.js'
import { type Architecture, EYE_STATE, multiplyAdds, networkOf } from './network.js'
import { layoutOf } from './parameters.js'
import { CACHE, dataFolder, EVALUATION, MODEL_CARD } from './places.js'
import { RECIPE, recipeHash } from './recipe.js'
import { replaceBetween } from './replace-between.js'

process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
process.env.TF_ENABLE_ONEDNN_OPTS ??= '1'
// TensorFlow is loaded after its settings are made.
const [{ run }, { openForward }, { scratch }, { fromImagenet }, { writeOnnx }, { loadMrl }, { accuracyOf, twoEyesMs }, { stepMs }] =
  await Promise.all([
    import('./run.js'),
    import('./forward.js'),
    import('./start.js'),
    import('./imagenet.js'),
    import('./finish.js'),
    import('./data/mrl.js'),
    import('./compare/measure.js'),
    import('./compare/steps.js'),
  ])

const BEGIN = '<!-- comparison: npm run compare -- --write -->'
const END = '<!-- end of comparison -->'
const PLAIN = { temperatures: [1, 1], offsets: [0, 0] } as const

const folder = join(CACHE, `compare-${recipeHash()}-${COMPARISON_EPOCHS}`)
const modelOf = ({ name }: Comparison): string => join(folder, `${name}.onnx`)

const data = dataFolder()
const sets = new Map<number, Mrl>()
/** The set for a network: pictures of 96 px are finer, not enlarged. */
const mrlFor = ({ side }: Architecture): Mrl => {
  const set = sets.get(side) ?? loadMrl(data, CACHE, side)
  sets.set(side, set)
  return set
}
const parts = anyJobOf('held-out').partsOf(mrlFor(EYE_STATE).crops)
const testRows = parts.flatMap((part, row) => (part === 'test' ? [row] : []))

const train = async (comparison: Comparison): Promise<void> => {
  const network = networkOf(comparison.architecture)
  const job = anyJobOf(comparison.name)
  const forward = await openForward(network)
  const start = () => (comparison.from === 'imagenet' ? fromImagenet(network, data, RECIPE.seed) : scratch(network, RECIPE.seed))
  const parameters = await run({ forward, job, mrl: mrlFor(network), data, cache: CACHE, folder, start })
  forward.close()
  writeOnnx(modelOf(comparison), network, parameters, job, PLAIN)
}

/** The same network with random numbers: as fast as if it were trained. */
const drawn = (comparison: Comparison): string => {
  const network = networkOf(comparison.architecture)
  const file = join(folder, `${comparison.name}.drawn.onnx`)
  writeOnnx(file, network, scratch(network, RECIPE.seed), anyJobOf(comparison.name), PLAIN)
  return file
}

const isDone = (comparison: Comparison): boolean => existsSync(modelOf(comparison))

/** One row a comparison; `accuracy` is null where it is not trained. */
const measure = async () => {
  const candidates = COMPARISONS.map((comparison) => {
    const network = networkOf(comparison.architecture)
    return { comparison, network, model: isDone(comparison) ? modelOf(comparison) : drawn(comparison), mrl: mrlFor(network) }
  })
  const eyes = await twoEyesMs(candidates)
  const steps = await stepMs(candidates.map(({ network }) => network))
  const epochSteps = stepsPerEpoch(FIRST.shares, parts.filter((part) => part === 'train').length, RECIPE.batch)
  const rows = []
  for (const [at, candidate] of candidates.entries()) {
    const { comparison, network } = candidate
    const { weightCount, statisticCount } = layoutOf(network)
    rows.push({
      what: comparison.what,
      from: comparison.from,
      parameters: weightCount + statisticCount,
      multiplyAdds: multiplyAdds(network),
      twoEyesMs: eyes[at] ?? Number.NaN,
      epochSeconds: ((steps[at] ?? Number.NaN) * epochSteps) / 1000,
      accuracy: isDone(comparison) ? await accuracyOf(candidate, testRows) : null,
    })
  }
  return rows
}

const tableOf = (rows: Awaited<ReturnType<typeof measure>>): string =>
  [
    '| network | from | parameters | million multiply-adds | ms for two eyes | s an epoch | right |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ what, from, parameters, multiplyAdds: operations, twoEyesMs: eyes, epochSeconds, accuracy }) =>
        `| ${what} | ${from} | ${parameters} | ${(operations / 1e6).toFixed(1)} | ${eyes.toFixed(2)} | ${epochSeconds.toFixed(0)} | ` +
        `${accuracy === null ? 'not trained' : percent(accuracy)} |`,
    ),
  ].join('\n')

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] }, write: { type: 'boolean', default: false } },
})
mkdirSync(folder, { recursive: true })
for (const comparison of COMPARISONS) {
  const wanted = values.only.length === 0 ? !values.write : values.only.includes(comparison.name)
  if (wanted && !existsSync(modelOf(comparison))) await train(comparison)
}
/** The table of all, printed and with `--write` put into the card. */
const report = async (): Promise<void> => {
  const rows = await measure()
  const text = tableOf(rows)
  console.log(text)
  if (!values.write) return
  writeFileSync(join(EVALUATION, 'comparison.json'), `${JSON.stringify({ epochs: COMPARISON_EPOCHS, rows }, null, 2)}\n`)
  writeFileSync(MODEL_CARD, replaceBetween(readFileSync(MODEL_CARD, 'utf8'), BEGIN, END, text))
}
if (values.only.length === 0 || values.write) await report()
