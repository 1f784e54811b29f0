import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { encodeModel, type OnnxGraph } from '../../scripts/onnx/model.js'
import { contract, faultOf } from './contract.js'
import { ONNX_MODEL } from './models.js'

contract({ kind: 'onnx', model: ONNX_MODEL, fileName: 'model.onnx' })

const folder = mkdtempSync(join(tmpdir(), 'onnx-'))
afterAll(() => rmSync(folder, { recursive: true }))

const faultOfGraph = (graph: OnnxGraph) => {
  const file = join(folder, 'other.onnx')
  writeFileSync(file, encodeModel(graph))
  return faultOf(createClassifier({ kind: 'onnx', model: file }))
}

const relu = (input: OnnxGraph['inputs'][number]): OnnxGraph => ({
  name: 'other',
  inputs: [input],
  outputs: [{ name: 'closed', dims: input.dims }],
  initializers: [],
  nodes: [{ op: 'Relu', inputs: [input.name], outputs: ['closed'] }],
})

describe('an ONNX model that is not ours is refused with what it has and what is wanted', () => {
  it('when its input has another name', async () => {
    const fault = await faultOfGraph(relu({ name: 'image', dims: ['N', 1, 64, 64] }))
    expect(fault.code).toBe('model-invalid')
    expect(fault.message).toMatch(/"image".*wanted: one input "patch"/)
  })

  it('when its input has another size', async () => {
    const fault = await faultOfGraph(relu({ name: 'patch', dims: ['N', 3, 224, 224] }))
    expect(fault.code).toBe('model-invalid')
    expect(fault.message).toContain('3, 224, 224')
  })

  it('when it is cut off half-way', async () => {
    const file = join(folder, 'torn.onnx')
    writeFileSync(file, readFileSync(ONNX_MODEL).subarray(0, 500_000))
    const fault = await faultOf(createClassifier({ kind: 'onnx', model: file }))
    expect(fault.code).toBe('model-invalid')
    expect(fault.message).not.toContain('\n')
  })
})
