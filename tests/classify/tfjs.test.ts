import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { contract, faultOf } from './contract.js'
import { TFJS_MODEL } from './models.js'

const isSetUp = (): boolean => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  try {
    createRequire(import.meta.url)('@tensorflow/tfjs-node')
    return true
  } catch {
    // Why it does not load is what the test below asks of our own message.
    return false
  }
}

if (isSetUp()) contract({ kind: 'tfjs', model: TFJS_MODEL, fileName: 'model.json' })
else {
  console.warn('SKIPPED: the tfjs classifier is not tested, because @tensorflow/tfjs-node is not set up (optional: scripts/setup-tfjs)')
  describe('without @tensorflow/tfjs-node', () => {
    it.skip('the tfjs classifier keeps the contract (skipped: run scripts/setup-tfjs)', () => {})
    it('asking for the tfjs classifier names the package and the cure', async () => {
      const fault = await faultOf(createClassifier({ kind: 'tfjs', model: TFJS_MODEL }))
      expect(fault.code).toBe('runtime-missing')
      expect(fault.message).toMatch(/@tensorflow\/tfjs-node/)
      expect(fault.message).toMatch(/scripts\/setup-tfjs|Node 20/)
    })
  })
}
