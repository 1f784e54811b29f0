/** What a change from afar comes to: the new text and configuration, or why not. Pure. */
import {
  type Change,
  type Config,
  changesBetween,
  checkConfigText,
  EditError,
  editConfig,
  type Finding,
  lockOn,
  locksOf,
  withAbsolutePaths,
} from '../config/index.js'
import { type ConfigSet, refused } from '../fleet/commands/index.js'
import type { Answer } from '../fleet/payloads/result.js'

export type Proposal = { text: string; config: Config; changes: Change[]; warnings: Finding[] }

// What follows in a hopeless change helps nobody.
const MOST_FINDINGS = 20

const told = ({ code, severity, line, column, path, message }: Finding) => ({
  code,
  severity,
  line,
  column,
  path,
  message: message.slice(0, 300),
})

export const invalid = (message: string, findings: readonly Finding[] = []): Answer => ({
  ok: false,
  error: { code: 'config-invalid', message, findings: findings.slice(0, MOST_FINDINGS).map(told) },
})

/**
 * @param file its name, for findings and for names of files in it
 * @param text what it holds
 * @param running the configuration in force, whose locks count
 */
export const propose = (file: string, text: string, running: Config, { set, unset }: ConfigSet): Proposal | { answer: Answer } => {
  const locks = locksOf(running)
  const locked = [...Object.keys(set), ...unset].flatMap((path) => lockOn(path, locks) ?? [])
  if (locked.length > 0) {
    return { answer: refused('key-locked', `Locked in this vehicle (fleet.remote.locked): ${[...new Set(locked)].join(', ')}.`) }
  }
  const before = checkConfigText(text, file)
  if (before.config === null) return { answer: invalid(`${file} is not valid as it is; correct it in the vehicle first.`, before.findings) }
  let edited: string
  try {
    edited = editConfig(text, { set, unset })
  } catch (fault) {
    if (fault instanceof EditError) return { answer: invalid(`${file} cannot be changed so: ${fault.message}.`) }
    throw fault
  }
  const { config, findings } = checkConfigText(edited, file)
  if (config === null) return { answer: invalid(`${file} would be wrong.`, findings) }
  // What the text does by references or twice-written keys, whatever was asked for.
  const reached = changesBetween(before.config, config).flatMap(({ path }) => lockOn(path, locks) ?? [])
  if (reached.length > 0) return { answer: refused('key-locked', `It would change what is locked in this vehicle: ${reached.join(', ')}.`) }
  const absolute = withAbsolutePaths(config, file)
  return { text: edited, config: absolute, changes: changesBetween(running, absolute), warnings: findings }
}

/** What is answered to a change that was made, or to a dry run. */
export const outcome = ({ changes, warnings }: Proposal, applied: boolean): Answer => ({
  ok: true,
  data: { applied, changes, warnings: warnings.map(told) },
})
