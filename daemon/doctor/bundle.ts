/** What support needs, in one readable file: the diagnoses, the configuration, the last of the log. No picture, no secret. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { stringify } from 'yaml'
import type { Config } from '../config/index.js'
import { defaultConfig, maskSecrets } from '../config/index.js'
import type { Diagnosis } from './types.js'

const run = promisify(execFile)

// Own: a trip or two.
const LOG_LINES = 2000
const MOST_BYTES = 4 * 1024 * 1024

/** The service's log, or why there is none. */
async function journal(): Promise<string> {
  try {
    const { stdout } = await run('journalctl', ['-u', 'kantukd', '-n', String(LOG_LINES), '-o', 'short-iso', '--no-pager'], {
      maxBuffer: MOST_BYTES,
    })
    return stdout.split('\n').map(maskSecrets).join('\n')
  } catch (cause) {
    return `(no log of the service can be had: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)})`
  }
}

/** Names in the place of a secret's file that are none: somebody may have written the secret itself there. */
const notFiles = ({ fleet, evidence }: Config): string[] =>
  [fleet.passwordFile, fleet.keyFile, evidence.keyFile]
    // Relative names have become absolute ones. What systemd hands to the service alone is there while it runs.
    .filter((file) => file !== null)
    .filter((file) => !file.startsWith('/run/credentials/') && !existsSync(file))

/** Text, some hundred lines. Secrets stand in no configuration, only the names of their files. */
export async function bundleOf(diagnoses: readonly Diagnosis[], config: Config | null): Promise<string> {
  const text = [
    `# kantukd doctor, ${new Date().toISOString()}`,
    ...diagnoses.map(
      ({ check, status, code, message, cure }) =>
        `${status} ${check}: ${message}${code === null ? '' : ` [${code}]`}${cure === null ? '' : ` → ${cure}`}`,
    ),
    '# configuration, as used',
    config === null ? '(it cannot be used)' : stringify(config),
    '# log',
    await journal(),
    '',
  ].join('\n')
  return notFiles(config ?? defaultConfig()).reduce(
    (masked, file) => masked.replaceAll(file, path.join(path.dirname(file), '*'.repeat(path.basename(file).length))),
    text,
  )
}
