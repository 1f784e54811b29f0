import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkSums, sumsFile } from '../../daemon/vision/classify/checksum.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { faultOf } from './contract.js'
import { ONNX_MODEL, TFJS_MODEL } from './models.js'

const folder = mkdtempSync(join(tmpdir(), 'sums-'))
afterAll(() => rmSync(folder, { recursive: true }))
const model = join(folder, 'eye-state.onnx')
const copy = (): void => {
  copyFileSync(ONNX_MODEL, model)
  copyFileSync(sumsFile(ONNX_MODEL), sumsFile(model))
}

describe('the sums beside a model', () => {
  it('are those of the shipped models, in both forms', async () => {
    await checkSums(ONNX_MODEL)
    await checkSums(TFJS_MODEL)
    expect(readFileSync(sumsFile(TFJS_MODEL), 'utf8')).toMatch(/weights\.bin/)
  })

  it('refuse a model in which one bit is turned', async () => {
    copy()
    const bytes = readFileSync(model)
    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1
    writeFileSync(model, bytes)
    const fault = await faultOf(createClassifier({ kind: 'onnx', model }))
    expect(fault.code).toBe('model-damaged')
    expect(fault.message).toMatch(/eye-state\.onnx is damaged.*install/)
  })

  it('that are no sums themselves are refused', async () => {
    copy()
    writeFileSync(sumsFile(model), 'hello')
    expect((await faultOf(checkSums(model))).message).toMatch(/no SHA-256 sum: "hello"/)
  })

  it("need not be there for a model of one's own", async () => {
    copy()
    rmSync(sumsFile(model))
    await checkSums(model)
  })
})
