/** `kantukd doctor`: looks at every part and names the cure. */
import { writeFileSync } from 'node:fs'
import { ConfigError, formatFinding } from '../config/index.js'
import { bundleOf } from '../doctor/bundle.js'
import { type Diagnosis, examine } from '../doctor/index.js'
import { reasonOf } from '../reason-of.js'
import { configuration } from './configuration.js'
import { type ExitCode, UsageError } from './faults.js'

export type DoctorFlags = { config?: string; json?: true; bundle?: string }

const marks: Readonly<Record<Diagnosis['status'], string>> = { pass: '✓', warn: '!', fail: '✗' }

const line = ({ check, status, code, message, cure }: Diagnosis): string =>
  `${marks[status]} ${check.padEnd(13)} ${message}${code === null ? '' : ` [${code}]`}\n${cure === null ? '' : `${' '.repeat(16)}→ ${cure}\n`}`

const print = (diagnosis: Diagnosis, isJson: boolean): void => {
  process.stdout.write(isJson ? `${JSON.stringify(diagnosis)}\n` : line(diagnosis))
}

/** What is wrong with the configuration, when it cannot be used at all. */
function faultsOf(fault: unknown): Diagnosis[] {
  if (!(fault instanceof ConfigError)) throw fault
  return fault.findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({
      check: 'configuration',
      status: 'fail',
      code: 'configuration-wrong',
      message: formatFinding(finding),
      cure: 'correct it; kantukd check-config says the same',
    }))
}

function loaded(file: string | undefined) {
  try {
    return { ...configuration(file), faults: [] }
  } catch (fault) {
    return { config: null, warnings: [], from: '', faults: faultsOf(fault) }
  }
}

/** Exit code 1 when anything fails; warnings alone are no failure. */
export async function doctorCommand(flags: DoctorFlags): Promise<ExitCode> {
  const { config, warnings, from, faults } = loaded(flags.config)
  const found: Diagnosis[] = []
  const tell = (diagnosis: Diagnosis) => {
    found.push(diagnosis)
    print(diagnosis, flags.json === true)
  }
  for (const fault of faults) tell(fault)
  if (config !== null) {
    const said: Diagnosis[] = warnings.map((warning) => ({
      check: 'configuration',
      status: 'warn',
      code: 'configuration-doubtful',
      message: formatFinding(warning),
      cure: null,
    }))
    for (const diagnosis of said) tell(diagnosis)
    if (said.length === 0) tell({ check: 'configuration', status: 'pass', code: null, message: from, cure: null })
    for await (const diagnosis of examine({ config })) tell(diagnosis)
  }
  if (flags.bundle !== undefined) write(flags.bundle, await bundleOf(found, config))
  return found.some(({ status }) => status === 'fail') ? 1 : 0
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 })
  } catch (cause) {
    throw new UsageError(`the bundle cannot be written to ${file}: ${reasonOf(cause)}`)
  }
  process.stderr.write(`kantukd: ${file} holds what support needs: no picture, no secret; read it before you send it\n`)
}
