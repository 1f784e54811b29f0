/** The real daemon, kept running as systemd keeps it: started again 1 s after each end. What it says is kept with the moment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { monotonicMs } from '../../../daemon/monotonic.js'

export type Said = { atMs: number; message: string }

export interface Service {
  readonly said: readonly Said[]
  /** Process id of the daemon; null while it is down. */
  readonly pid: number | null
  /** Process id of the eyes; null while they are down. */
  vision(): number | null
  /** Told of each line. */
  onLine: (said: Said) => void
  /** Told when the daemon ended. */
  onEnd: (atMs: number) => void
  /** SIGTERM, and not started again. @returns exit code */
  stop(): Promise<number | null>
}

// The unit's RestartSec.
const RESTART_MS = 1000

const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // it has just ended
    return []
  }
}
const isVision = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/vision/worker.js')
  } catch {
    // it has just ended
    return false
  }
}

export const startService = (command: readonly string[], env: NodeJS.ProcessEnv): Service => {
  const said: Said[] = []
  let child: ChildProcess | null = null
  let stopping = false
  let restart: NodeJS.Timeout | null = null
  const service: Service = {
    said,
    get pid() {
      return child?.pid ?? null
    },
    vision: () => childrenOf(child?.pid ?? 0).find(isVision) ?? null,
    onLine: () => undefined,
    onEnd: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        stopping = true
        if (restart !== null) clearTimeout(restart)
        if (child === null) return resolve(null)
        child.once('exit', resolve)
        child.kill('SIGTERM')
      }),
  }
  const start = (): void => {
    const [program = '', ...args] = command
    const born = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
    child = born
    createInterface({ input: born.stderr }).on('line', (line) => {
      const message = line.startsWith('{') ? String(JSON.parse(line).msg ?? line) : line
      const one = { atMs: monotonicMs(), message }
      said.push(one)
      service.onLine(one)
    })
    born.once('exit', () => {
      child = null
      service.onEnd(monotonicMs())
      if (!stopping) restart = setTimeout(start, RESTART_MS)
    })
  }
  start()
  return service
}
