/** What a training ends with: the golden samples of a model that has none yet, or those of the model before. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { goldenFile, shippedModel } from '../../daemon/vision/models.js'
import { writeGolden } from '../../scripts/train/golden.js'

// The copy stands for the models that come with the program, of which the daemon demands golden samples.
vi.mock('../../daemon/vision/models.js', async (original) => ({
  ...(await original<typeof import('../../daemon/vision/models.js')>()),
  isShipped: () => true,
}))

let folder = ''
let onnx = ''
let tfjs = ''

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue()
  folder = mkdtempSync(join(tmpdir(), 'kantukd-golden-'))
  cpSync(join(shippedModel('onnx'), '..'), folder, { recursive: true })
  onnx = join(folder, 'eye-state.onnx')
  tfjs = join(folder, 'eye-state-tfjs', 'model.json')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const opens = async (): Promise<string> => {
  const classifier = await createClassifier({ kind: 'onnx', model: onnx })
  await classifier.close()
  return classifier.name
}

it('are written where there are none, and the daemon takes the model', async () => {
  rmSync(goldenFile(onnx))
  await writeGolden(onnx, tfjs)
  expect(await opens()).toBe('onnx')
})

it('are written over those of another model, which the daemon had refused it by', async () => {
  writeFileSync(goldenFile(onnx), JSON.stringify({ sha256: 'of another', states: [] }))
  await expect(opens()).rejects.toThrow()
  await writeGolden(onnx, tfjs)
  expect(await opens()).toBe('onnx')
})
