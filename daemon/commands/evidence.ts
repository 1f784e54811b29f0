/** `kantukd evidence list|show|delete`: the pictures around alarms that were kept. Works beside the running service, and without it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config/index.js'
import { readKey } from '../evidence/key.js'
import { decode, type Head } from '../evidence/record.js'
import { createStore, type Listed, type Store } from '../evidence/store.js'
import { evidenceFolder } from '../wiring/evidence.js'
import { configuration } from './configuration.js'
import { type ExitCode, UsageError } from './faults.js'

type Flags = { config?: string }

// Of the unit's StateDirectory=kantukd: a command, which systemd has not started, is not told.
const INSTALLED = '/var/lib/kantukd/evidence'

function opened({ config: file }: Flags): { config: Config; folder: string; store: Store } {
  const { config } = configuration(file)
  const folder = evidenceFolder(config) ?? INSTALLED
  return { config, folder, store: createStore(folder) }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const kB = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} kB`

const told = ({ head: { id, at, rule, level, clockSynced, simulated, sealed, pictures }, bytes }: Pick<Listed, 'head' | 'bytes'>) => ({
  ...{ id, at, clockSynced, rule, level, pictures: pictures.length, bytes, encrypted: sealed },
  ...(simulated ? { simulated } : {}),
})

function sentence({ head, bytes }: Listed): string {
  const { id, at, rule, level, clockSynced, simulated, sealed, pictures } = head
  const notes = [
    ...(clockSynced ? [] : ['the clock was not known to be right']),
    ...(sealed ? [] : ['not encrypted']),
    ...(simulated ? ['simulated'] : []),
  ]
  const what = `${rule}${level > 0 ? ` (level ${level})` : ''}, ${pictures.length} ${pictures.length === 1 ? 'picture' : 'pictures'}, ${kB(bytes)}`
  return `${id}  ${at}  ${what}${notes.length === 0 ? '' : `; ${notes.join(', ')}`}`
}

/** Exit code 1 when a file is damaged. */
export async function evidenceListCommand(flags: Flags & { json?: true }): Promise<ExitCode> {
  const { config, folder, store } = opened(flags)
  let code: ExitCode = 0
  const listed = await store.list((why) => {
    process.stderr.write(`kantukd: ${why}\n`)
    code = 1
  })
  for (const each of listed) print(flags.json === true ? JSON.stringify(told(each)) : sentence(each))
  if (flags.json !== true && listed.length === 0)
    print(`There is no evidence in ${folder}.${config.evidence.enabled ? '' : ' It is off (evidence.enabled).'}`)
  return code
}

/** When a picture was taken: "−1.5 s". */
const offset = (atMs: number): string => `${atMs < 0 ? '−' : '+'}${(Math.abs(atMs) / 1000).toFixed(1)} s`

/** Files that sort in the order of their pictures. @returns their names */
function writePictures(folder: string, { id, at }: Head, pictures: readonly { jpeg: Buffer }[]): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return pictures.map(({ jpeg }, n) => {
    const file = path.join(folder, `${at.slice(0, 19).replaceAll(/[:]/g, '-')}_${id}_${String(n + 1).padStart(2, '0')}.jpg`)
    writeFileSync(file, jpeg, { mode: 0o600 })
    return file
  })
}

/** Every record of an id: an alarm that went on for long has several. */
export async function evidenceShowCommand(id: string, flags: Flags & { out?: string; key?: string }): Promise<ExitCode> {
  const { config, store } = opened(flags)
  const names = await store.find(id)
  const keyFile = flags.key ?? config.evidence.keyFile
  const key = keyFile === null ? null : readKey(keyFile)
  for (const name of names) {
    const bytes = await store.read(name)
    const { head, pictures } = decode(bytes, key, name)
    print(sentence({ name, head, bytes: bytes.length }))
    const files = flags.out === undefined ? [] : writePictures(flags.out, head, pictures)
    for (const [n, { atMs, jpeg }] of pictures.entries()) print(`  ${offset(atMs)}  ${files[n] ?? kB(jpeg.length)}`)
  }
  return 0
}

export async function evidenceDeleteCommand(id: string | undefined, flags: Flags & { all?: true }): Promise<ExitCode> {
  if ((id === undefined) === (flags.all === undefined)) throw new UsageError('name the id of what is to be deleted, or --all')
  const { store } = opened(flags)
  const names = id === undefined ? await store.names() : await store.find(id)
  for (const name of names) await store.delete(name)
  print(`Deleted ${names.length}.`)
  return 0
}
