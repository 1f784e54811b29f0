/**
 * The last good configuration, for a start whose own cannot be used. Only where the state folder is known without any configuration,
 * which is under systemd ($STATE_DIRECTORY): at a desk, a bad configuration is an error and nothing else.
 */
import { type Config, ConfigError, checkConfigText, type Finding, readConfigFile, withAbsolutePaths } from '../config/index.js'
import { reasonOf } from '../reason-of.js'
import { createLastGood } from '../state/last-good.js'
import { stateFile } from '../state-folder.js'

export type Usable = { config: Config; warnings: readonly Finding[]; file: string; from: string }

export interface Fallback {
  /** Under systemd, in a vehicle: there the watch goes on with whatever works. */
  readonly isService: boolean
  /** Why the file is taken for one that a power cut left behind, as a sentence; null where it is not, or nothing is kept to compare it with. */
  cutOff(): string | null
  /** What to run with in place of `file`; null where there is none, or it is no better. */
  find(): Usable | null
  /** The file's own, where nothing is wrong with it but models that are not there: the shipped ones take their place, as of models that do not prove themselves. Else null. */
  withoutModels(fault: unknown): Usable | null
  /** The daemon has run with this configuration for long enough: if it is still the file's, it is the last good one from now on. */
  proven(config: Config): Promise<void>
}

const MODELS: ReadonlySet<string> = new Set(['classifier.model', 'locate.modelsDir'])

const same = (one: Config, other: Config): boolean => JSON.stringify(one) === JSON.stringify(other)

/** @param file name of the configuration; null: there is none, and nothing is kept */
export const createFallback = (file: string | null, env: NodeJS.ProcessEnv = process.env): Fallback => {
  const kept = stateFile(null, 'last-good.yaml', env)
  if (file === null || kept === null)
    return { isService: kept !== null, cutOff: () => null, find: () => null, withoutModels: () => null, proven: async () => undefined }
  const lastGood = createLastGood(kept)
  const textNow = (): string | null => {
    const read = readConfigFile(file)
    return 'text' in read ? read.text : null
  }
  const usable = (text: string): Usable | null => {
    const { config, findings } = checkConfigText(text, file)
    return config === null
      ? null
      : { config: withAbsolutePaths(config, file), warnings: findings, file, from: `the last good configuration, kept in ${kept}` }
  }
  return {
    isService: true,
    cutOff() {
      const [text, good] = [textNow(), lastGood.text()]
      if (text === null || good === null || text.length >= good.length || usable(good) === null) return null
      if (text.trim() === '') return `${file} is empty, as a power cut leaves it`
      return good.startsWith(text) ? `${file} breaks off where the last good configuration goes on, as a power cut leaves it` : null
    },
    find() {
      const text = lastGood.text()
      return text === null || text === textNow() ? null : usable(text)
    },
    withoutModels(fault) {
      if (!(fault instanceof ConfigError)) return null
      const areModels = fault.findings.every(
        ({ severity, code, path }) => severity === 'warning' || (code === 'no-such-file' && MODELS.has(path)),
      )
      const text = textNow()
      const own = areModels && text !== null ? usable(text) : null
      return own && { ...own, from: file }
    },
    async proven(config) {
      const text = textNow()
      const current = text === null ? null : usable(text)
      if (text !== null && current !== null && same(current.config, config)) await lastGood.keep(text)
    },
  }
}

/** What is wrong, for the log: every finding, or the one sentence. */
export const whyNot = (fault: unknown): string => (fault instanceof ConfigError ? `\n${fault.message}` : reasonOf(fault))
