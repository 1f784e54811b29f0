/** Which configuration a command works with. */
import { existsSync } from 'node:fs'
import { type Config, defaultConfig, type Finding, loadConfig } from '../config/index.js'

/** Where an installed daemon's configuration lies. */
export const INSTALLED = '/etc/kantukd/kantukd.yaml'

/** The file that a command works with, or null. */
export const chosenFile = (file: string | undefined): string | null => file ?? (existsSync(INSTALLED) ? INSTALLED : null)

/**
 * @param file named by the caller; else the installed one where it exists; else the built-in defaults
 * @returns the configuration, its warnings, its file (null: built in), and where it came from, for a sentence
 * @throws ConfigError with every finding
 */
export function configuration(file: string | undefined): {
  config: Config
  warnings: readonly Finding[]
  file: string | null
  from: string
} {
  const chosen = chosenFile(file)
  if (chosen === null)
    return { config: defaultConfig(), warnings: [], file: null, from: `the built-in configuration (there is no ${INSTALLED})` }
  return { ...loadConfig(chosen), file: chosen, from: chosen }
}
