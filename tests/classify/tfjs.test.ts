import { describe, expect, it } from 'vitest'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { isTfjsNodeSetUp } from '../tfjs-node.js'
import { contract, faultOf } from './contract.js'
import { TFJS_MODEL } from './models.js'

if (isTfjsNodeSetUp('the tfjs classifier')) contract({ kind: 'tfjs', model: TFJS_MODEL, fileName: 'model.json' })
else {
  describe('without @tensorflow/tfjs-node', () => {
    it.skip('the tfjs classifier keeps the contract (skipped: run scripts/setup-tfjs)', () => {})
    it('asking for the tfjs classifier names the package and the cure', async () => {
      const fault = await faultOf(createClassifier({ kind: 'tfjs', model: TFJS_MODEL }))
      expect(fault.code).toBe('runtime-missing')
      expect(fault.message).toMatch(/@tensorflow\/tfjs-node/)
      expect(fault.message).toMatch(/scripts\/setup-tfjs|Node 20/)
    })
    it('says the same where the model was left out with the package, as in the Debian package', async () => {
      const fault = await faultOf(createClassifier({ kind: 'tfjs', model: '/usr/lib/kantukd/models/eye-state-tfjs/model.json' }))
      expect(fault.code).toBe('runtime-missing')
    })
  })
}
