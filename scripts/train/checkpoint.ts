/** Keeps a run's state in one file, replaced as a whole, so that a run that was stopped goes on where it was. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { TrainingState } from './optimizer.js'
import type { Layout, Parameters } from './parameters.js'

const MAGIC = 0x4b4e5431 // "KNT1"

const vectors = (state: TrainingState): Float32Array[] => [
  state.raw.weights,
  state.raw.statistics,
  state.average.weights,
  state.average.statistics,
  state.moment1,
  state.moment2,
]

const write = (file: string, step: number, list: readonly Float32Array[]): void => {
  const header = Buffer.alloc(8)
  header.writeUInt32LE(MAGIC, 0)
  header.writeUInt32LE(step, 4)
  const parts = list.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
  writeFileSync(`${file}.part`, Buffer.concat([header, ...parts]))
  renameSync(`${file}.part`, file)
}

const read = (file: string, sizes: readonly number[]): { step: number; list: Float32Array[] } => {
  const bytes = readFileSync(file)
  const wanted = 8 + 4 * sizes.reduce((sum, size) => sum + size, 0)
  if (bytes.length !== wanted || bytes.readUInt32LE(0) !== MAGIC) {
    throw new Error(`${file} is no checkpoint of this network (${bytes.length} bytes, expected ${wanted}); delete it to start anew`)
  }
  let at = 8
  const list = sizes.map((size) => {
    const vector = new Float32Array(size)
    for (let index = 0; index < size; index++) vector[index] = bytes.readFloatLE(at + index * 4)
    at += size * 4
    return vector
  })
  return { step: bytes.readUInt32LE(4), list }
}

const parametersOf = (layout: Layout, weights?: Float32Array, statistics?: Float32Array): Parameters => {
  if (weights === undefined || statistics === undefined) throw new Error('checkpoint: parts are missing')
  return { layout, weights, statistics }
}

export const saveState = (file: string, state: TrainingState): void => write(file, state.step, vectors(state))

/** The state in `file`, or null when there is none. Throws when it belongs to another network. */
export const loadState = (file: string, layout: Layout): TrainingState | null => {
  if (!existsSync(file)) return null
  const { weightCount, statisticCount } = layout
  const { step, list } = read(file, [weightCount, statisticCount, weightCount, statisticCount, weightCount, weightCount])
  const [rawWeights, rawStatistics, weights, statistics, moment1, moment2] = list
  if (moment1 === undefined || moment2 === undefined) throw new Error('checkpoint: parts are missing')
  return {
    step,
    raw: parametersOf(layout, rawWeights, rawStatistics),
    average: parametersOf(layout, weights, statistics),
    moment1,
    moment2,
  }
}

/** The network alone, as training hands it on to the export. */
export const saveParameters = (file: string, parameters: Parameters, step: number): void =>
  write(file, step, [parameters.weights, parameters.statistics])

export const loadParameters = (file: string, layout: Layout): Parameters => {
  const [weights, statistics] = read(file, [layout.weightCount, layout.statisticCount]).list
  return parametersOf(layout, weights, statistics)
}
