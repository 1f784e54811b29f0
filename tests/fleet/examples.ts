/** Ordinary inputs for the tests of this room. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BirthFacts } from '../../daemon/fleet/payloads/birth.js'
import type { EventFacts } from '../../daemon/fleet/payloads/event.js'
import type { HealthSnapshot } from '../../daemon/fleet/payloads/health.js'
import type { Decision } from '../../daemon/judgement/decision.js'
import { POLICY_VERSION } from '../../daemon/judgement/policy.js'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

export const decision = (changes: Partial<Decision> = {}): Decision => ({
  rule: 'microsleep',
  level: 2,
  phase: 'raised',
  incident: 1,
  atMs: 12_400,
  startedMs: 11_367,
  evidence: { closedMs: 1033, seenShare: 1 },
  confidence: 0.94,
  coverage: 0.98,
  quiet: false,
  policy: POLICY_VERSION,
  ...changes,
})

export const eventFacts = (changes: Partial<EventFacts> = {}): EventFacts => ({
  id: '019ab1c2-3d4e-7f60-8a1b-2c3d4e5f6071',
  incident: '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072',
  seq: 1,
  vehicle: 'bus-12',
  wallMs: 1_795_554_245_678,
  synced: true,
  bootId: 'boot',
  start: { startedAt: '2026-11-24T21:04:04.645Z' },
  simulated: false,
  ...changes,
})

export const knownOfTheVehicle: BirthFacts = {
  vehicle: 'bus-12',
  versions: { kantukd: '0.1.0', node: '20.20.2' },
  policy: POLICY_VERSION,
  model: { name: 'eye-state.onnx', sha256: '0'.repeat(64) },
  hardware: { machine: 'Raspberry Pi 4', arch: 'arm64', cores: 4, memoryMb: 3792, os: 'Linux' },
  capabilities: { rules: ['microsleep', 'sleep'], camera: 'usb', classifier: 'onnx', alarm: 'console' },
  configSha256: 'a'.repeat(64),
}

export const measured: HealthSnapshot = { fps: 15, latencyMs: 3, memoryMb: 200, coverage: 1, vision: 'running', uptimeSeconds: 60 }
