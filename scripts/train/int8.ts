/**
 * `npm run int8`: the held-out run's model in 8 bits beside itself: right of the people never seen, milliseconds for two eyes. `-- --write OUT.onnx` keeps
 * it. It is not shipped unless it is faster at no loss; the model card says what was found.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LIMIT } from '../../daemon/vision/classify/normalise.js'
import { onnxRuntime } from '../../daemon/vision/onnxruntime.js'
import { inEightBits, openRanges, type Range } from '../onnx/int8.js'
import { encodeModel, type OnnxGraph } from '../onnx/model.js'
import { decodeModel } from '../onnx/read.js'
import { accuracyOf, type Candidate, inputOf, twoEyesMs } from './compare/measure.js'
import { loadMrl, type Mrl } from './data/mrl.js'
import { percent } from './evaluate/tables.js'
import { jobOf } from './jobs.js'
import { EYE_STATE, networkOf } from './network.js'
import { CACHE, dataFolder, jobOnnx } from './places.js'

// Own: every 50th crop trained on; more moved no range by a level.
const EVERY = 50

const network = networkOf(EYE_STATE)

/** What each value takes on crops that the model was trained on. */
const measureRanges = async (graph: OnnxGraph, mrl: Mrl, rows: readonly number[]): Promise<Map<string, Range>> => {
  const names = openRanges(graph)
  const opened = { ...graph, outputs: names.map((name) => ({ name, dims: ['N', 'C', 'H', 'W'] })) }
  const { InferenceSession } = await onnxRuntime()
  const session = await InferenceSession.create(encodeModel(opened), { logSeverityLevel: 3 })
  const results = await session.run({ patch: await inputOf({ network, mrl }, rows) })
  await session.release()
  const ranges = new Map<string, Range>([['patch', [-LIMIT, LIMIT]]])
  for (const name of names) {
    const data = results[name]?.data
    if (!(data instanceof Float32Array)) throw new Error(`no numbers for ${name}`)
    let [least, most] = [0, 0]
    for (const number of data) {
      least = Math.min(least, number)
      most = Math.max(most, number)
    }
    ranges.set(name, [least, most])
  }
  return ranges
}

const { values } = parseArgs({ options: { write: { type: 'string' } } })
const mrl = loadMrl(dataFolder(), CACHE)
const parts = jobOf('held-out').partsOf(mrl.crops)
const rowsOf = (wanted: string): number[] => parts.flatMap((part, row) => (part === wanted ? [row] : []))
const graph = decodeModel(readFileSync(jobOnnx('held-out')))
const ranges = await measureRanges(
  graph,
  mrl,
  rowsOf('train').filter((_, at) => at % EVERY === 0),
)
const eightBits = values.write ?? join(mkdtempSync(join(tmpdir(), 'int8-')), 'eye-state-int8.onnx')
writeFileSync(eightBits, encodeModel(inEightBits(graph, ranges)))
const candidates: Candidate[] = [
  { network, model: jobOnnx('held-out'), mrl },
  { network, model: eightBits, mrl },
]
const times = await twoEyesMs(candidates)
for (const [at, what] of ['float32', 'int8'].entries()) {
  const candidate = candidates[at]
  if (candidate === undefined) continue
  const right = await accuracyOf(candidate, rowsOf('test'))
  console.log(
    `${what}: ${percent(right)} right, ${(times[at] ?? Number.NaN).toFixed(2)} ms for two eyes, ${readFileSync(candidate.model).length} bytes`,
  )
}
