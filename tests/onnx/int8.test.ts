import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, describe, expect, it } from 'vitest'
import { drawnPatches, SIDE } from '../../daemon/vision/classify/drawn.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { packPatches } from '../../daemon/vision/classify/patches.js'
import { inEightBits, openRanges, type Range } from '../../scripts/onnx/int8.js'
import { encodeModel } from '../../scripts/onnx/model.js'
import { decodeModel } from '../../scripts/onnx/read.js'
import { ONNX_MODEL } from '../classify/models.js'

const folder = mkdtempSync(join(tmpdir(), 'int8-'))
afterAll(() => rmSync(folder, { recursive: true }))

const shipped = new Uint8Array(readFileSync(ONNX_MODEL))
const patches = drawnPatches()

const classify = async (bytes: Uint8Array) => {
  const file = join(folder, 'model.onnx')
  writeFileSync(file, bytes)
  const classifier = await createClassifier({ kind: 'onnx', model: file })
  const states = await classifier.classify(patches)
  await classifier.close()
  return states
}

/** What the values in question take on the drawn patches. */
const drawnRanges = async (): Promise<Map<string, Range>> => {
  const graph = decodeModel(shipped)
  const outputs = openRanges(graph).map((name) => ({ name, dims: ['N', 'C', 'H', 'W'] }))
  const session = await InferenceSession.create(encodeModel({ ...graph, outputs }), { logSeverityLevel: 3 })
  const results = await session.run({ patch: new Tensor('float32', packPatches(patches), [patches.length, 1, SIDE, SIDE]) })
  const measured = outputs.map(({ name }): [string, Range] => {
    const data = results[name]?.data
    if (!(data instanceof Float32Array)) throw new Error(`no ${name}`)
    return [name, [data.reduce((least, value) => Math.min(least, value)), data.reduce((most, value) => Math.max(most, value))]]
  })
  return new Map([['patch', [-2.5, 2.5]], ...measured])
}

describe('reading an ONNX file of ours', () => {
  it('gives the graph that writes the same file again', () => {
    expect(Buffer.compare(encodeModel(decodeModel(shipped)), shipped)).toBe(0)
  })
})

describe('the shipped network in 8 bits', () => {
  it('calls each drawn patch what it calls it in 32, from a third of the bytes', async () => {
    const small = encodeModel(inEightBits(decodeModel(shipped), await drawnRanges()))
    expect(small.length).toBeLessThan(0.4 * shipped.length)
    const [eight, whole] = [await classify(small), await classify(shipped)]
    eight.forEach(({ visible, closed }, at) => {
      const wanted = whole[at]
      if (wanted === undefined) throw new Error('a patch is missing')
      expect(Math.abs(visible - wanted.visible)).toBeLessThan(0.3)
      if (wanted.visible >= 0.5) expect(Math.abs(closed - wanted.closed)).toBeLessThan(0.3)
    })
  })

  it('is not made where the range of a value is unknown', () => {
    expect(() => inEightBits(decodeModel(shipped), new Map([['patch', [-2.5, 2.5] as const]]))).toThrow(/no range for/)
  })
})
