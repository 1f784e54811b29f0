/** A provider that this ONNX Runtime has not: the CPU takes its place with the same answers, and says why. The npm package for Linux has neither's libraries. */
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { openCamera } from '../../daemon/vision/camera/index.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { openWatching } from '../../daemon/vision/open.js'
import { drawnDriver } from '../drawn-driver.js'
import { faultOf } from './contract.js'
import { ONNX_MODEL } from './models.js'

const gpus = ['cuda', 'tensorrt'] as const
const asked = (provider: (typeof gpus)[number] | 'cpu', model: string | null = null) => ({
  ...defaultConfig(),
  classifier: { kind: 'onnx' as const, model, provider },
})

/** The eyes in the first picture of the drawn driver. */
async function firstLook(provider: (typeof gpus)[number] | 'cpu') {
  const { camera } = defaultConfig()
  const recording = openCamera({ ...camera, kind: 'file', file: { ...camera.file, path: drawnDriver } }, null)
  const { chain } = await openWatching(asked(provider))
  const frame = await recording.next()
  if (frame === null) throw new Error(`${drawnDriver} has no picture`)
  const { left, right } = (await chain.look(frame, 0)).observation
  frame.release()
  await recording.close()
  await chain.close()
  return { left, right }
}

describe.each(gpus)('a classifier that is asked for %s, which is not here', (provider) => {
  it('is refused by its code, with what is wrong and what to do', async () => {
    const { code, message } = await faultOf(createClassifier({ kind: 'onnx', model: ONNX_MODEL, provider }))
    expect([code, message]).toEqual(['provider-missing', expect.stringContaining(`with ${provider} here`)])
    expect(message).toContain('set classifier.provider to cpu')
    expect(message).not.toContain('\n')
  })

  it('is run by the daemon on the CPU, and the daemon is told why', async () => {
    const { chain, onCpu, instead } = await openWatching(asked(provider))
    await chain.close()
    expect([onCpu, instead]).toEqual([expect.stringContaining(`with ${provider} here`), null])
  })

  it('sees what it sees on the CPU', async () => {
    const seen = await firstLook(provider)
    expect(seen.left?.closed).toBeTypeOf('number')
    expect(seen).toEqual(await firstLook('cpu'))
  })

  it('is run on the CPU by the shipped model where the configured one is not there', async () => {
    const { chain, instead } = await openWatching(asked(provider, '/nowhere/eyes.onnx'))
    await chain.close()
    expect(instead).toContain('/nowhere/eyes.onnx')
  })
})

it('the CPU, which is the default, is nothing to tell of', async () => {
  const { chain, onCpu } = await openWatching(asked('cpu'))
  await chain.close()
  expect([defaultConfig().classifier.provider, onCpu]).toEqual(['cpu', null])
})
