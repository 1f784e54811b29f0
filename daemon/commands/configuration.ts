/** Which configuration a command works with. */
import { existsSync } from 'node:fs'
import { type Config, defaultConfig, type Finding, loadConfig } from '../config/index.js'

/** Where an installed daemon's configuration lies. */
export const INSTALLED = '/etc/kantukd/kantukd.yaml'

/**
 * @param file named by the caller; else the installed one where it exists; else the built-in defaults
 * @returns the configuration, its warnings, and where it came from, for a sentence
 * @throws ConfigError with every finding
 */
export function configuration(file: string | undefined): { config: Config; warnings: readonly Finding[]; from: string } {
  const chosen = file ?? (existsSync(INSTALLED) ? INSTALLED : null)
  if (chosen === null) return { config: defaultConfig(), warnings: [], from: `the built-in configuration (there is no ${INSTALLED})` }
  return { ...loadConfig(chosen), from: chosen }
}
