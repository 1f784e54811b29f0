/** What this daemon is, for `birth`: versions, model, hardware, capabilities, a hash of the configuration. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from './config/schema.js'
import { describeHardware } from './fleet/hardware.js'
import type { BirthFacts } from './fleet/payloads/birth.js'
import { activeRules } from './judgement/index.js'
import { POLICY_VERSION } from './judgement/policy.js'
import { programVersion } from './version.js'

/** Names a configuration in `birth`, `config` and `config/set`. */
export const configSha256 = (config: Config): string => sha256(JSON.stringify(config))

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** @param model file of the eye-state model in use; where it is missing, its hash is that of nothing */
export const birthFacts = (config: Config, model: string): Omit<BirthFacts, 'vehicle'> => ({
  versions: { kantukd: programVersion(), node: process.version.slice(1) },
  policy: POLICY_VERSION,
  model: { name: path.basename(model), sha256: sha256(existsSync(model) ? readFileSync(model) : '') },
  hardware: describeHardware(),
  capabilities: {
    rules: [...activeRules],
    camera: config.camera.kind,
    classifier: config.classifier.kind,
    alarm: config.alarm.output,
    inputs: { speed: config.speed.kind, button: config.button.kind, ignition: config.ignition.kind },
  },
  configSha256: configSha256(config),
})
