/** The way into this room: YAML file → Config, or everything that is wrong with it. */
export { checkConfigFile, checkConfigText } from './check.js'
export { type FindingCode, findingCodes } from './codes.js'
export { type Finding, formatFinding, formatFindings } from './finding.js'
export { ConfigError, loadConfig } from './load.js'
export { type Config, defaultConfig } from './schema.js'
