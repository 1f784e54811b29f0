/** `kantukd check-config`: every error and warning of a configuration, with its place. */
import { ConfigError, type Finding, formatFinding, loadConfig } from '../config/index.js'
import { INSTALLED } from './configuration.js'
import type { ExitCode } from './faults.js'

function findings(file: string): readonly Finding[] {
  try {
    return loadConfig(file).warnings
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.findings
    throw fault
  }
}

/** Exit code 2 with errors, 0 without; warnings alone are no failure. */
export async function checkConfigCommand(file = INSTALLED, flags: { json?: true } = {}): Promise<ExitCode> {
  const found = findings(file)
  const errors = found.filter(({ severity }) => severity === 'error').length
  if (flags.json === true) for (const finding of found) process.stdout.write(`${JSON.stringify(finding)}\n`)
  else for (const finding of found) process.stderr.write(`${formatFinding(finding)}\n`)
  if (flags.json !== true && errors === 0) process.stdout.write(`${file} is valid.\n`)
  return errors > 0 ? 2 : 0
}
