import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { birthFacts } from '../../daemon/birth.js'
import { defaultConfig } from '../../daemon/config/schema.js'
import { POLICY_VERSION } from '../../daemon/judgement/policy.js'
import { samplesOf } from '../../scripts/schemas/samples.js'
import { ROOT } from './examples.js'

const sent = birthFacts(defaultConfig(), join(ROOT, 'models/eye-state.onnx'))

describe('the samples shown to a fleet', () => {
  it.each(samplesOf(ROOT, 'valid', 'birth'))('tell what this program is: $name', ({ payload }) => {
    expect(payload).toMatchObject({
      policy: POLICY_VERSION,
      model: { name: sent.model.name },
      capabilities: { rules: sent.capabilities.rules },
    })
    expect(payload).toHaveProperty('versions', { ...sent.versions, node: expect.any(String) })
  })

  it.each(samplesOf(ROOT, 'valid', 'alert'))('name the policy that judges: $name', ({ payload }) => {
    expect(payload).toHaveProperty('policy', POLICY_VERSION)
  })
})
