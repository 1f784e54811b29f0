/** YAML file → Config, or an error that lists everything that is wrong with it. */
import { checkConfigFile } from './check.js'
import { type Finding, formatFindings } from './finding.js'
import { withAbsolutePaths } from './paths.js'
import { type Config, defaultConfig } from './schema.js'

/** The configuration cannot be used. The message holds every finding, ready to print; exit code 2. */
export class ConfigError extends Error {
  readonly code = 'config-invalid'
  constructor(
    readonly file: string,
    readonly findings: readonly Finding[],
  ) {
    super(formatFindings(findings))
    this.name = 'ConfigError'
  }
}

/**
 * @param file name of the YAML file; null for the defaults
 * @returns the configuration with absolute file names, and what should be said about it
 * @throws ConfigError with every error and warning at once
 */
export const loadConfig = (file: string | null): { config: Config; warnings: Finding[] } => {
  if (file === null) return { config: defaultConfig(), warnings: [] }
  const { config, findings } = checkConfigFile(file)
  if (config === null) throw new ConfigError(file, findings)
  return { config: withAbsolutePaths(config, file), warnings: findings }
}
