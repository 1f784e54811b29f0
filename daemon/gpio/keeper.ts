/**
 * The keeper of an output line: a shell that holds a pipe to us and switches the line off when the pipe ends, which is when this
 * process dies, however it dies. It needs no systemd, is in a session of its own, heeds no signal but SIGKILL and SIGSTOP, and takes 1 MB.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'

const SHELL = '/bin/sh'

// No program can refuse these two; the shell must hear of its children's ends, and CHLD ends nobody.
const HEEDED: ReadonlySet<number> = new Set([constants.signals.SIGKILL, constants.signals.SIGSTOP, constants.signals.SIGCHLD])
// Source: signal(7). Real-time signals, which end whoever does not heed them; the C library keeps 32 and 33 to itself.
const REAL_TIME = Array.from({ length: 31 }, (_, index) => 34 + index)

/**
 * A signal to all must not end it before us: Ctrl-C and `systemctl stop` send such, and systemd's watchdog sends SIGABRT to the whole
 * control group. Numbers, since shells differ in the names that they know; what it starts (gpioset) is as deaf.
 */
const deaf = (): string => {
  const named = Object.values(constants.signals).filter((signal) => !HEEDED.has(signal))
  return `trap '' ${[...new Set(named), ...REAL_TIME].join(' ')}`
}

export interface Keeper {
  /** Says a line to the script. A keeper that was killed is started anew first. */
  tell(line: string): void
  /** Ends the pipe: the script does its last part, and ends. */
  close(): void
  /** Ends it and all that it has started, at once, without the script's last part: whoever calls does that. */
  kill(): void
  /** False where somebody killed it; what it had started may live on. */
  isAlive(): boolean
}

type KeeperChild = ChildProcess & { stdin: Writable; stderr: Readable }

/**
 * @param script of /bin/sh; reads lines from stdin until they end, then switches off
 * @param args the script's $1, $2 …
 * @param onComplaint what it said on stderr, or why it cannot be started
 */
export function startKeeper(script: string, args: readonly string[], onComplaint: (text: string) => void): Keeper {
  let closed = false
  const start = (): KeeperChild => {
    const born = spawn(SHELL, ['-c', `${deaf()}\n${script}`, 'kantukd-keeper', ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    // Neither it nor its pipes keep our event loop alive.
    born.unref()
    for (const pipe of [born.stdin, born.stderr]) if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
    born.on('error', (fault) => onComplaint(fault.message))
    // It was killed: the next line starts another.
    born.stdin.on('error', () => undefined)
    born.stderr.setEncoding('utf8').on('data', (text: string) => onComplaint(text.trim()))
    return born
  }
  let child = start()
  const isAlive = () => child.exitCode === null && child.signalCode === null
  return {
    isAlive,
    kill() {
      closed = true
      // It leads a group. Until we have heard of its end its number is nobody else's.
      if (isAlive() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    },
    tell(line) {
      if (closed) return
      if (!isAlive()) child = start()
      child.stdin.write(`${line}\n`)
    },
    close() {
      closed = true
      child.stdin.end()
    },
  }
}
