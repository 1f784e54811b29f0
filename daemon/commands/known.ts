/** What can be known of the daemon's configuration, for commands that must answer whatever has become of the file. */
import { type Config, checkConfigText, readConfigFile } from '../config/index.js'
import { INSTALLED_STATE } from '../state-folder.js'
import { chosenFile, configuration } from './configuration.js'
import { createFallback } from './fallback.js'

export type Known = {
  /** Null: there is none that can be used. */
  config: Config | null
  /** What is wrong with the file; null: nothing, or only that files which it names are missing. */
  fault: unknown
  /** Where the configuration is from instead. */
  instead: string | null
}

/** @returns the file's configuration, also where files that it names are missing; else the last good one */
export function known(file: string | undefined): Known {
  try {
    return { config: configuration(file).config, fault: null, instead: null }
  } catch (fault) {
    const name = chosenFile(file)
    const read = name === null ? null : readConfigFile(name)
    const own = name !== null && read !== null && 'text' in read ? checkConfigText(read.text, name).config : null
    if (own !== null) return { config: own, fault: null, instead: null }
    const lastGood = createFallback(name, { ...process.env, STATE_DIRECTORY: process.env.STATE_DIRECTORY ?? INSTALLED_STATE }).find()
    return { config: lastGood?.config ?? null, fault, instead: lastGood?.from ?? null }
  }
}
