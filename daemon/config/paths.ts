/** Names of files in a configuration are taken from the folder of the YAML file, not from wherever the daemon was started. */
import { dirname, resolve } from 'node:path'
import type { Config } from './schema.js'

/** The same configuration with every file name absolute; null stays null. */
export const withAbsolutePaths = (config: Config, file: string): Config => {
  const from = dirname(resolve(file))
  const absolute = (path: string | null): string | null => (path === null ? null : resolve(from, path))
  return {
    ...config,
    camera: {
      ...config.camera,
      file: { ...config.camera.file, path: absolute(config.camera.file.path) },
      scripted: { ...config.camera.scripted, path: absolute(config.camera.scripted.path) },
    },
    locate: { ...config.locate, modelsDir: absolute(config.locate.modelsDir), recorded: absolute(config.locate.recorded) },
    classifier: { ...config.classifier, model: absolute(config.classifier.model) },
    evidence: { ...config.evidence, dir: absolute(config.evidence.dir), keyFile: absolute(config.evidence.keyFile) },
    state: { dir: absolute(config.state.dir) },
    fleet: {
      ...config.fleet,
      passwordFile: absolute(config.fleet.passwordFile),
      caFile: absolute(config.fleet.caFile),
      certFile: absolute(config.fleet.certFile),
      keyFile: absolute(config.fleet.keyFile),
      outbox: { ...config.fleet.outbox, file: absolute(config.fleet.outbox.file) },
    },
  }
}
