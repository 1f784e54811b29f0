/** The real daemon on a recording, with nothing to reach: no broker, no buzzer. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf } from './proc.js'
import { root } from './recording.js'

export interface Daemon {
  /** Process ids; vision is the child that watches. */
  readonly main: number
  readonly vision: number
  /** Observations so far. */
  frames(): Promise<number>
  stop(): Promise<void>
}

// Own: a start takes 1 to 2 s; a busy machine may take ten times that.
const START_MS = 60_000

/** YAML is a superset of JSON. */
const configuration = (folder: string, recording: string, realtime: boolean): string =>
  JSON.stringify({
    vehicle: { fleet: 'bench', id: 'bench' },
    camera: { kind: 'file', file: { path: recording, loop: true, realtime } },
    alarm: { output: 'none' },
    fleet: { url: 'mqtt://127.0.0.1:1', outbox: { file: path.join(folder, 'outbox.sqlite') } },
  })

const countLines = async (folder: string): Promise<number> => {
  let lines = 0
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl')))
    for await (const chunk of createReadStream(path.join(folder, name), 'latin1')) lines += String(chunk).split('\n').length - 1
  return lines
}

async function until<T>(find: () => Promise<T | null>, what: string, within: number): Promise<T> {
  for (let waitedMs = 0; waitedMs < within; waitedMs += 20) {
    const found = await find()
    if (found !== null) return found
    await sleep(20)
  }
  throw new Error(`bench: ${what} within ${within / 1000} s`)
}

/**
 * Starts `kantukd run` and waits for its first observations.
 * @param realtime keep the recording's pace; else as fast as it goes
 * @throws Error with the daemon's own words when it does not start
 */
export async function startDaemon(recording: string, realtime: boolean): Promise<Daemon> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-bench-'))
  const file = path.join(folder, 'bench.yaml')
  const records = path.join(folder, 'records')
  const log = path.join(folder, 'log')
  writeFileSync(file, configuration(folder, recording, realtime))
  const child: ChildProcess = spawn(
    'sh',
    ['-c', 'exec "$0" "$@" 2>"$LOG"', 'dist/cli.js', 'run', '-c', file, '--simulated', '--record', records],
    {
      cwd: root,
      env: { ...process.env, LOG: log },
      stdio: 'ignore',
    },
  )
  const { pid } = child
  if (pid === undefined) throw new Error('bench: the daemon cannot be started')
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true })
  }
  const frames = () => countLines(records)
  const seen = async () => {
    if (child.exitCode !== null) throw new Error(`bench: the daemon ended: ${readFileSync(log, 'utf8')}`)
    const [vision] = childrenOf(pid)
    return vision !== undefined && readdirSync(folder).includes('records') && (await frames()) > 0 ? vision : null
  }
  const vision = await until(seen, 'the daemon gave no observation', START_MS)
  return { main: pid, vision, frames, stop }
}
