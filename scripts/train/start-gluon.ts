/** Where the widest of the compared networks starts from: the ImageNet weights of GluonCV's MobileNetV2, α 1 (Apache-2.0). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Unit } from './architectures/unit.js'
import { readNpy } from './data/npy.js'
import { readTar } from './data/tar.js'
import { kernelShape, type Network, NORM_EPSILON } from './network.js'
import { emptyParameters, layoutOf, type Parameters, view } from './parameters.js'
import { seeded } from './random.js'
import { drawHead } from './start.js'

// Source: data/README.md.
const GLUON_EPSILON = 1e-5

type Named = { unit: Unit; conv: string; norm: string }

/** The units with GluonCV's names for them: numbered within their block, or, first and last, within the network. */
const gluonNames = ({ blocks }: Network): Named[] =>
  blocks.flatMap(({ units }, block) =>
    units.map((unit, at) => {
      const isLast = block === blocks.length - 1
      const inBlock = block > 0 && !isLast
      const name = (what: string) =>
        `mobilenetv20_features_${inBlock ? `linearbottleneck${block - 1}_${what}${at}` : `${what}${isLast ? 1 : 0}`}`
      return { unit, conv: `${name('conv')}_weight`, norm: name('batchnorm') }
    }),
  )

/** From output, input, row, column to row, column, input, output, more colours than wanted summed to one. */
const reordered = (unit: Unit, values: Float32Array, name: string): Float32Array => {
  const [rows, columns, inputs, outputs] = kernelShape(unit)
  const places = rows * columns
  const maps = unit.kind === 'depthwise' ? 1 : inputs
  const kernels = unit.outputs
  const stored = values.length / (places * kernels)
  if (stored !== maps && !(inputs === 1 && stored === 3))
    throw new Error(`${name}: ${values.length} numbers stored, ${rows}×${columns}×${inputs}×${outputs} wanted`)
  const target = new Float32Array(places * maps * kernels)
  for (let output = 0; output < kernels; output++)
    for (let input = 0; input < stored; input++)
      for (let place = 0; place < places; place++) {
        const to = (place * maps + (input % maps)) * kernels + output
        target[to] = (target[to] ?? 0) + (values[(output * stored + input) * places + place] ?? 0)
      }
  return target
}

/** Reads `<data>/weights/mobilenetv2-1.0-224-imagenet-npy/weights.tar` for an `expanding-mobilenet-v2` of width 1; `seed` draws the head. Throws when a tensor is missing or does not fit. */
export const pretrainedByGluon = (network: Network, data: string, seed: number): Parameters => {
  const archive = join(data, 'weights', 'mobilenetv2-1.0-224-imagenet-npy', 'weights.tar')
  const files = new Map(readTar(readFileSync(archive)).map((entry) => [entry.name.split('/').at(-1) ?? '', entry.data]))
  const read = (name: string): Float32Array => {
    const file = files.get(`${name}.npy`)
    if (file === undefined) throw new Error(`${archive} has no ${name}.npy`)
    return readNpy(`${archive}: ${name}.npy`, file).values
  }
  const parameters = emptyParameters(layoutOf(network))
  for (const { unit, conv, norm } of gluonNames(network)) {
    view(parameters, unit.kernel).set(reordered(unit, read(conv), conv))
    const variance = read(`${norm}_running_var`)
    view(parameters, `${unit.norm}/moving_mean`).set(read(`${norm}_running_mean`))
    view(parameters, `${unit.norm}/moving_variance`).set(variance)
    view(parameters, `${unit.norm}/beta`).set(read(`${norm}_beta`))
    // What GluonCV adds to the variance is less than what we add.
    const scale = (value: number, at: number): number =>
      value * Math.sqrt(((variance[at] ?? 0) + NORM_EPSILON) / ((variance[at] ?? 0) + GLUON_EPSILON))
    view(parameters, `${unit.norm}/gamma`).set(read(`${norm}_gamma`).map(scale))
  }
  drawHead(parameters, seeded(seed))
  return parameters
}
