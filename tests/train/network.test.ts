import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadParameters, loadState, saveParameters, saveState } from '../../scripts/train/checkpoint.js'
import { fold } from '../../scripts/train/fold.js'
import { EYE_STATE, multiplyAdds, networkOf, PUBLISHED } from '../../scripts/train/network.js'
import { advance, learningRate, startState, type TrainingState } from '../../scripts/train/optimizer.js'
import { layoutOf, view } from '../../scripts/train/parameters.js'
import { sameNumbers } from './bytes.js'
import { randomParameters } from './parameters.js'

const folder = mkdtempSync(join(tmpdir(), 'train-'))
afterAll(() => rmSync(folder, { recursive: true }))

const RATES = { learningRate: 0.01, weightDecay: 0, averageDecay: 0.9, statisticsDecay: 0.9 }

const network = networkOf(EYE_STATE)
const layout = layoutOf(network)
const { weightCount, statisticCount, headOffset } = layout

describe('the network', () => {
  it('is MobileNetV2 at α 0.35: 52 convolutions, 17 blocks, 10 of them residual, its parameters by the count of Keras', () => {
    const published = networkOf(PUBLISHED)
    expect(published.units).toHaveLength(52)
    expect(published.blocks).toHaveLength(19)
    expect(published.blocks.filter((block) => block.residual)).toHaveLength(10)
    // Keras counts 410,208 without top for three colours: statistics included, two colours of the first kernel more than ours.
    const { headOffset: weights, statisticCount: statistics } = layoutOf(published)
    expect(weights + statistics + 2 * 9 * 16).toBe(410_208)
  })

  it('is shipped with the same chain, wider, and with no layer under 16 channels', () => {
    const chain = ({ units }: typeof network) => units.map(({ kernel, stride }) => [kernel, stride])
    expect(chain(network)).toEqual(chain(networkOf(PUBLISHED)))
    expect(network.blocks.map(({ residual }) => residual)).toEqual(networkOf(PUBLISHED).blocks.map(({ residual }) => residual))
    expect(Math.min(...network.units.map(({ outputs }) => outputs))).toBe(16)
    for (const [at, unit] of networkOf(PUBLISHED).units.entries()) {
      expect(network.units[at]?.outputs).toBeGreaterThanOrEqual(unit.outputs)
    }
  })

  it('has 300 million multiply-adds at α 1 and 224 px, as the paper counts them', () => {
    const papers = multiplyAdds(networkOf({ kind: 'mobilenet-v2', width: 1, side: 224, channels: 3 }))
    expect(papers / 1e6).toBeGreaterThan(295)
    expect(papers / 1e6).toBeLessThan(305)
  })

  it('with standard convolutions is the same chain with more numbers', () => {
    const published = networkOf(PUBLISHED)
    const standard = networkOf({ ...PUBLISHED, kind: 'standard-convolutions' })
    expect(standard.units.map(({ outputs, stride }) => [outputs, stride])).toEqual(
      published.units.map(({ outputs, stride }) => [outputs, stride]),
    )
    expect(multiplyAdds(standard)).toBeGreaterThan(5 * multiplyAdds(published))
  })
})

describe('the optimizer', () => {
  it('moves every weight against its gradient by about the learning rate at first', () => {
    const state = startState(randomParameters(1))
    const before = state.raw.weights.slice()
    const gradient = Float32Array.from({ length: weightCount }, (_, at) => (at % 2 === 0 ? 3 : -0.01))
    advance(state, gradient, new Float32Array(statisticCount), RATES, false)
    for (const at of [0, 1, 5000, weightCount - 1]) {
      expect((state.raw.weights[at] ?? 0) - (before[at] ?? 0)).toBeCloseTo(at % 2 === 0 ? -0.01 : 0.01, 4)
    }
  })

  it('leaves the backbone alone while only the head learns', () => {
    const state = startState(randomParameters(1))
    const before = state.raw.weights.slice()
    advance(state, new Float32Array(weightCount).fill(1), new Float32Array(statisticCount), RATES, true)
    expect(sameNumbers(state.raw.weights.subarray(0, headOffset), before.subarray(0, headOffset))).toBe(true)
    expect(state.raw.weights[headOffset]).not.toBe(before[headOffset])
  })

  it('shrinks kernels, never scales and offsets', () => {
    const state = startState(randomParameters(1))
    const kernel = view(state.raw, 'Conv_1/kernel')
    const gamma = view(state.raw, 'Conv_1_bn/gamma')
    const before = { kernel: kernel[7] ?? 0, gamma: gamma[7] ?? 0 }
    advance(state, new Float32Array(weightCount), new Float32Array(statisticCount), { ...RATES, weightDecay: 0.5 }, false)
    expect(kernel[7]).toBeCloseTo(before.kernel * 0.995, 6)
    expect(gamma[7]).toBe(before.gamma)
  })

  it('warms up to its peak and falls to a hundredth of it', () => {
    expect(learningRate(0, 1000, 100, 1)).toBeCloseTo(0.01)
    expect(learningRate(99, 1000, 100, 1)).toBeCloseTo(1)
    expect(learningRate(550, 1000, 100, 1)).toBeCloseTo(0.505)
    expect(learningRate(1000, 1000, 100, 1)).toBeCloseTo(0.01)
  })
})

describe('a checkpoint', () => {
  it('gives back what was stored, moments and step included', () => {
    const state = startState(randomParameters(2))
    advance(state, new Float32Array(weightCount).fill(0.5), new Float32Array(statisticCount).fill(1), RATES, false)
    const file = join(folder, 'run.state')
    saveState(file, state)
    const back = loadState(file, layout)
    if (back === null) throw new Error('nothing was stored')
    expect(back.step).toBe(1)
    const vectors = ({ raw, average, moment1, moment2 }: TrainingState): Float32Array[] => [
      raw.weights,
      raw.statistics,
      average.weights,
      average.statistics,
      moment1,
      moment2,
    ]
    const stored = vectors(state)
    for (const [at, vector] of vectors(back).entries()) expect(sameNumbers(vector, stored[at] ?? new Float32Array())).toBe(true)
  })

  it('that was never written is null: the run starts anew', () => {
    expect(loadState(join(folder, 'none.state'), layout)).toBeNull()
  })

  it('cut short is refused with its name', () => {
    const file = join(folder, 'short.best')
    saveParameters(file, randomParameters(3), 1)
    writeFileSync(file, readFileSync(file).subarray(0, 1000))
    expect(() => loadParameters(file, layout)).toThrow(/short\.best is no checkpoint/)
  })
})

describe('folding', () => {
  it('puts the norm into kernel and bias: scale γ/√(σ²+ε), offset β − μ·scale', () => {
    const parameters = randomParameters(4)
    const channel = 3
    const at = (name: string, index: number): number => view(parameters, name)[index] ?? Number.NaN
    const scale = at('bn_Conv1/gamma', channel) / Math.sqrt(at('bn_Conv1/moving_variance', channel) + 1e-3)
    const [first] = fold(network, parameters, { temperatures: [1, 1], offsets: [0, 0] }).units
    expect(first?.kernel[16 + channel]).toBeCloseTo(at('Conv1/kernel', 16 + channel) * scale, 5)
    expect(first?.bias[channel]).toBeCloseTo(at('bn_Conv1/beta', channel) - at('bn_Conv1/moving_mean', channel) * scale, 5)
  })

  it('divides each logit by its temperature and then moves it', () => {
    const parameters = randomParameters(4)
    const plain = fold(network, parameters, { temperatures: [1, 1], offsets: [0, 0] })
    const calibrated = fold(network, parameters, { temperatures: [2, 4], offsets: [0, 0.3] })
    expect(calibrated.headKernel[8]).toBeCloseTo((plain.headKernel[8] ?? 0) / 2, 6)
    expect(calibrated.headKernel[9]).toBeCloseTo((plain.headKernel[9] ?? 0) / 4, 6)
    expect(calibrated.headBias[0]).toBeCloseTo((plain.headBias[0] ?? 0) / 2, 6)
    expect(calibrated.headBias[1]).toBeCloseTo((plain.headBias[1] ?? 0) / 4 + 0.3, 6)
  })
})
