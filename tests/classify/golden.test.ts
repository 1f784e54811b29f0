/** A model proves itself when it is loaded. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import type { Golden } from '../../daemon/vision/classify/golden.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { goldenFile, shippedModel, shippedModels } from '../../daemon/vision/models.js'
import { openWatching } from '../../daemon/vision/open.js'
import { sha256Of } from '../../daemon/vision/sha256.js'
import { faultOf } from './contract.js'

const shipped = shippedModel('onnx')
const golden = (): Golden => JSON.parse(readFileSync(goldenFile(shipped), 'utf8'))

/** A copy of the shipped model with golden samples of the test's. */
const model = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'golden-')), 'eyes.onnx')
  copyFileSync(shipped, file)
  writeFileSync(goldenFile(file), text)
  return file
}
const movedBy = (amount: number): string => {
  const wanted = golden()
  const [first] = wanted.states
  if (first !== undefined) first.closed += amount
  return JSON.stringify(wanted)
}
const load = (file: string) => createClassifier({ kind: 'onnx', model: file })

describe('golden samples', () => {
  it.each(['onnx', 'tfjs'] as const)('of the shipped model (%s) are those of this model; else: npm run golden', async (kind) => {
    const file = shippedModel(kind)
    const { sha256, states } = JSON.parse(readFileSync(goldenFile(file), 'utf8'))
    expect(sha256).toBe(await sha256Of(file))
    expect(states).toEqual(golden().states)
  })

  it('let the model pass that they were made with, and one that is off by half of what is allowed', async () => {
    for (const file of [shipped, model(movedBy(0.0005))]) await (await load(file)).close()
  })

  it('refuse a model that is off by more than 1e-3, and say by how much', async () => {
    const { code, message } = await faultOf(load(model(movedBy(0.002))))
    expect([code, message]).toEqual(['model-unproven', expect.stringContaining('off by 0.0020')])
  })

  it('refuse a model when a sample is missing', async () => {
    const { code } = await faultOf(load(model(JSON.stringify({ ...golden(), states: golden().states.slice(1) }))))
    expect(code).toBe('model-unproven')
  })

  it('that are torn are named', async () => {
    const { code, message } = await faultOf(load(model('{"sha256":')))
    expect([code, message]).toEqual(['model-damaged', expect.stringContaining('eyes.onnx.golden.json')])
  })

  it('are not asked of the models that only figures come from, which no vehicle runs', async () => {
    const folder = join(shippedModels(), 'evaluation')
    const models = readdirSync(folder).filter((name) => name.endsWith('.onnx'))
    expect(models).toHaveLength(7)
    for (const name of models) await (await load(join(folder, name))).close()
  })

  it('of another model say nothing of this one', async () => {
    await (await load(model(JSON.stringify({ ...golden(), sha256: '0'.repeat(64) })))).close()
  })
})

describe('the daemon', () => {
  const config = (file: string | null) => ({ ...defaultConfig(), classifier: { ...defaultConfig().classifier, model: file } })

  it('watches with the shipped model where the configured one does not prove itself, and tells why', async () => {
    const { chain, instead } = await openWatching(config(model(movedBy(0.002))))
    expect(instead).toContain('off by 0.0020')
    await chain.close()
  })

  it('tells nothing where the model is the configured one', async () => {
    const { chain, instead } = await openWatching(config(null))
    expect(instead).toBeNull()
    await chain.close()
  })
})
