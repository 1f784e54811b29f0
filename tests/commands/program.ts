/** The program as a person starts it: the compiled command line in a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = path.join(root, 'dist/cli.js')

export type Done = { code: number | null; stdout: string; stderr: string }

/** Runs a command to its end. */
export function kantukd(args: readonly string[], input = ''): Done {
  const { status, stdout, stderr } = spawnSync('node', [cli, ...args], { cwd: root, encoding: 'utf8', input, maxBuffer: 1 << 28 })
  return { code: status, stdout, stderr }
}

/** A folder of the test's own. */
export const scratch = (): string => mkdtempSync(path.join(tmpdir(), 'kantukd-test-'))

/** Writes a configuration into a folder; returns its name. */
export function writeConfig(folder: string, config: object): string {
  const file = path.join(folder, 'kantukd.yaml')
  writeFileSync(file, stringify(config))
  return file
}

export type Running = {
  readonly pid: number
  /** Everything on stderr so far. */
  log(): string
  /** Waits until the log matches; returns the match. */
  says(pattern: RegExp, withinMs?: number): Promise<RegExpMatchArray>
  /** Process ids of its children. */
  children(): number[]
  kill(signal: NodeJS.Signals): void
  /** Waits for its end. */
  ended(withinMs?: number): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts a command that goes on; `log()` fills while it runs. @param program the compiled command line, where it is not the checkout's */
export function start(args: readonly string[], program = cli): Running {
  const child: ChildProcess = spawn('node', [program, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  const { pid } = child
  if (pid === undefined) throw new Error(`node ${cli} could not be started`)
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  return {
    pid,
    log: () => log,
    async says(pattern, withinMs = 15_000) {
      for (const untilMs = Date.now() + withinMs; Date.now() < untilMs; await sleep(20)) {
        const match = log.match(pattern)
        if (match !== null) return match
      }
      throw new Error(`the log did not say ${pattern} within ${withinMs} ms:\n${log}`)
    },
    children: () =>
      readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
        .split(' ')
        .filter((word) => word !== '')
        .map(Number),
    kill: (signal) => child.kill(signal),
    async ended(withinMs = 10_000) {
      const late = sleep(withinMs, null, { ref: false })
      const result = await Promise.race([end, late])
      if (result === null) throw new Error(`it did not end within ${withinMs} ms:\n${log}`)
      return result
    },
  }
}
