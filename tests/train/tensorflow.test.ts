/** What runs in TensorFlow: the gradient is right, a step learns, and what is exported is what was trained. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { drawnPatches } from '../../daemon/vision/classify/drawn.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { packPatches } from '../../daemon/vision/classify/patches.js'
import { onnxRuntime } from '../../daemon/vision/onnxruntime.js'
import { encodeModel } from '../../scripts/onnx/model.js'
import { sigmoid } from '../../scripts/train/evaluate/scores.js'
import { onnxGraph } from '../../scripts/train/export-onnx.js'
import { fold } from '../../scripts/train/fold.js'
import { EYE_STATE, type Network, networkOf } from '../../scripts/train/network.js'
import { advance, startState } from '../../scripts/train/optimizer.js'
import { isTfjsNodeSetUp } from '../tfjs-node.js'
import { randomParameters } from './parameters.js'

const network = networkOf(EYE_STATE)
const forward = async (of: Network = network) => (await import('../../scripts/train/forward.js')).openForward(of)

const folder = mkdtempSync(join(tmpdir(), 'export-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(!isTfjsNodeSetUp('training'))('training in TensorFlow', { timeout: 120_000 }, () => {
  const patches = drawnPatches()
  const packed = packPatches(patches)
  const closed = [0, 0, 0, 1, 1, 1, 0, 1]
  const dropout = new Float32Array(patches.length * 1280).fill(1)
  // The last two show no eye, so their "closed" counts nothing.
  const batch = {
    patches: packed,
    targets: Float32Array.from([...closed].flatMap((each, at) => [each, at < 6 ? 1 : 0])),
    weights: Float32Array.from([...closed].flatMap((_, at) => [at < 6 ? 1 / 8 : 0, 0.5 / 8])),
    dropout,
  }

  it('has the gradient that a difference quotient along the gradient confirms', async () => {
    const { step } = await forward()
    const parameters = randomParameters(11)
    const { gradient } = step(parameters, batch)
    const squared = gradient.reduce((sum, slope) => sum + slope * slope, 0)
    // So small a move along the gradient changes the loss by one part in a hundred.
    const reach = 0.005 / squared
    const lossAt = (way: number): number =>
      step({ ...parameters, weights: parameters.weights.map((weight, at) => weight + way * (gradient[at] ?? 0)) }, batch).loss
    const quotient = (lossAt(reach) - lossAt(-reach)) / (2 * reach)
    expect(quotient / squared).toBeGreaterThan(0.9)
    expect(quotient / squared).toBeLessThan(1.1)
  })

  it('has it for full convolutions and three channels too', async () => {
    const small = networkOf({ kind: 'vgg-like', width: 8, side: 64, channels: 3 })
    const { step, close } = await forward(small)
    const parameters = randomParameters(15, small)
    const narrow = { ...batch, dropout: new Float32Array(patches.length * small.features).fill(1) }
    const { gradient } = step(parameters, narrow)
    const squared = gradient.reduce((sum, slope) => sum + slope * slope, 0)
    const reach = 0.005 / squared
    const lossAt = (way: number): number =>
      step({ ...parameters, weights: parameters.weights.map((weight, at) => weight + way * (gradient[at] ?? 0)) }, narrow).loss
    const quotient = (lossAt(reach) - lossAt(-reach)) / (2 * reach)
    close()
    expect(quotient / squared).toBeGreaterThan(0.9)
    expect(quotient / squared).toBeLessThan(1.1)
  })

  it('learns nothing about lids from what shows no eye', async () => {
    const { step } = await forward()
    const parameters = randomParameters(14)
    const otherwise = Float32Array.from(batch.targets, (target, at) => (at === 12 || at === 14 ? 1 - target : target))
    expect(step(parameters, { ...batch, targets: otherwise }).loss).toBeCloseTo(step(parameters, batch).loss, 6)
  })

  it('learns eight patches by heart and keeps no tensor', async () => {
    const { liveTensors } = await import('../../scripts/train/forward.js')
    const { step } = await forward()
    const state = startState(randomParameters(12))
    const rates = { learningRate: 2e-3, weightDecay: 0, averageDecay: 0.9, statisticsDecay: 0.9 }
    const losses: number[] = []
    for (let round = 0; round < 25; round++) {
      const { loss, gradient, statistics } = step(state.raw, batch)
      advance(state, gradient, statistics, rates, false)
      losses.push(loss)
    }
    expect(losses.at(-1)).toBeLessThan(0.1 * (losses[0] ?? 0))
    expect(liveTensors()).toBe(0)
  })

  it('exports an ONNX model that answers as the trained network does', async () => {
    const { infer } = await forward()
    const parameters = randomParameters(13)
    const file = join(folder, 'model.onnx')
    // Random numbers give logits of hundreds; a temperature brings the answers apart from 0 and 1.
    const logits = infer(parameters, packed)
    const temperature = Math.max(...logits.map(Math.abs)) / 2
    writeFileSync(
      file,
      encodeModel(onnxGraph(fold(network, parameters, { temperatures: [temperature, 2 * temperature], offsets: [0, 0.5] }), {})),
    )
    const classifier = await createClassifier({ kind: 'onnx', model: file })
    const states = await classifier.classify(patches)
    await classifier.close()
    states.forEach((state, at) => {
      expect(Math.abs(state.closed - sigmoid((logits[2 * at] ?? 0) / temperature))).toBeLessThan(1e-3)
      expect(Math.abs(state.visible - sigmoid((logits[2 * at + 1] ?? 0) / (2 * temperature) + 0.5))).toBeLessThan(1e-3)
    })
    expect(new Set(states.map(({ closed }) => closed.toFixed(2))).size).toBeGreaterThan(3)
  })

  it('exports one of 48 px as it was trained too: its last stride falls upon a map of odd side', async () => {
    const small = networkOf({ ...EYE_STATE, side: 48 })
    const { infer } = await forward(small)
    const parameters = randomParameters(13)
    const values = Float32Array.from({ length: 4 * 48 ** 2 }, (_, at) => Math.sin(at * 0.37) * Math.cos(at * 0.011))
    const logits = infer(parameters, values)
    const temperature = Math.max(...logits.map(Math.abs)) / 2
    const file = join(folder, 'small.onnx')
    writeFileSync(file, encodeModel(onnxGraph(fold(small, parameters, { temperatures: [temperature, 1], offsets: [0, 0] }), {})))
    const { InferenceSession, Tensor } = await onnxRuntime()
    const session = await InferenceSession.create(file)
    const { closed } = await session.run({ patch: new Tensor('float32', values, [4, 1, 48, 48]) })
    await session.release()
    const answers = closed?.data
    if (!(answers instanceof Float32Array)) throw new Error('no float32 numbers came out')
    answers.forEach((probability, at) => {
      expect(Math.abs(probability - sigmoid((logits[2 * at] ?? 0) / temperature))).toBeLessThan(1e-3)
    })
  })
})
