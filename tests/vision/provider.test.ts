/** A GPU's libraries may end the vision process instead of refusing: it must not do so for ever. */
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { createProviderTrust } from '../../daemon/vision/provider.js'

const { classifier, ...rest } = defaultConfig()
const onGpu = { ...rest, classifier: { ...classifier, provider: 'tensorrt' as const } }
const onCpu = { ...rest, classifier }

describe('a provider', () => {
  it.each([
    ['crashed or hung', null],
    ['failed on good patches', 'run-failed'],
  ] as const)('with which the vision process %s is replaced by the CPU, and it is said why', (_, code) => {
    const trust = createProviderTrust()
    expect(trust.settle(onGpu)).toBe(onGpu)
    trust.ended(onGpu, 'it was killed by SIGSEGV', code)
    expect(trust.settle(onGpu)).toEqual(onCpu)
    expect(trust.why).toBe('with tensorrt it came to this: it was killed by SIGSEGV')
  })

  it('is trusted again with other settings', () => {
    const trust = createProviderTrust()
    trust.ended(onGpu, 'it hung', null)
    trust.renew()
    expect([trust.settle(onGpu), trust.why]).toEqual([onGpu, null])
  })

  it('is not to blame for a camera that was lost, nor the CPU for anything', () => {
    const trust = createProviderTrust()
    trust.ended(onGpu, 'unplugged', 'camera-lost')
    trust.ended(onCpu, 'it hung', null)
    expect(trust.why).toBeNull()
  })
})
