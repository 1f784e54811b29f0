/**
 * Tells systemd how the service is (sd_notify), by its own program `systemd-notify`.
 *
 * Why a program and not the socket: NOTIFY_SOCKET is a Unix datagram socket, which Node cannot open; the packages that can are native
 * addons against libsystemd's headers. systemd-notify is on every machine that has systemd, and one call each WatchdogSec/2 costs
 * milliseconds. It is a child of ours, hence NotifyAccess=all in the unit; it waits until systemd has read the message.
 */
import { type ChildProcess, spawn } from 'node:child_process'

export interface Notifier {
  /** Within how many ms systemd wants to hear from us; 10 000 where it does not watch. */
  readonly watchdogMs: number
  ready(): void
  /** One sentence for `systemctl status`. */
  status(sentence: string): void
  /** The service is alive. Nothing where systemd does not watch. */
  watchdog(): void
  /** The last word: what is still on its way is given up, and nothing more is said. */
  stopping(): void
}

export type NotifierOptions = {
  /** Told once for each change of what is wrong. The service goes on. */
  onFault: (message: string) => void
  env?: NodeJS.ProcessEnv
}

// Longer than any sound answer of systemd, shorter than a watchdog interval.
const PATIENCE_MS = 4000
// Own: a systemd that does not read must not hold up the end, which has 2 s.
const LAST_PATIENCE_MS = 500
const DEFAULT_WATCHDOG_MS = 10_000

/** Without NOTIFY_SOCKET (not started by systemd) every call does nothing. */
export const createNotifier = ({ onFault, env = process.env }: NotifierOptions): Notifier => {
  const wanted = watchdogOf(env)
  // what is to be said next: while one message is on its way, further ones collect, the newest of each kind
  let waiting = new Map<string, string>()
  let sending: ChildProcess | null = null
  let isStopping = false
  let lastFault: string | null = null

  const fault = (message: string): void => {
    if (message !== lastFault) onFault(message)
    lastFault = message
  }

  const sent = (problem: string | null): void => {
    sending = null
    if (problem === null) lastFault = null
    else fault(`systemd cannot be told how the service is: ${problem}`)
    if (waiting.size > 0) send()
  }

  const send = (): void => {
    const words = [...waiting].map(([name, value]) => `${name}=${value}`)
    waiting = new Map()
    const child = spawn('systemd-notify', words, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: isStopping ? LAST_PATIENCE_MS : PATIENCE_MS,
    })
    sending = child
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 500)
    })
    child.once('error', (error) => sent(error.message))
    child.once('close', (code, signal) => {
      // after 'error' (no such program) there is a 'close' too, with a negative code; it has been told
      if (code === null || code >= 0) sent(code === 0 ? null : complaint.trim() || `systemd-notify ended with ${signal ?? code}`)
    })
  }

  const say = (name: string, value: string): void => {
    if (!env.NOTIFY_SOCKET || isStopping) return
    waiting.set(name, value)
    if (sending === null) send()
  }

  return {
    watchdogMs: wanted ?? DEFAULT_WATCHDOG_MS,
    ready: () => say('READY', '1'),
    status: (sentence) => say('STATUS', sentence.replace(/\s+/g, ' ')),
    watchdog: () => {
      if (wanted !== null) say('WATCHDOG', '1')
    },
    stopping: () => {
      say('STOPPING', '1')
      isStopping = true
      // Its end sends what waits behind it; the last message itself is not cut short.
      if (waiting.size > 0) sending?.kill('SIGKILL')
    },
  }
}

/** ms, or null where systemd does not watch this process. */
const watchdogOf = (env: NodeJS.ProcessEnv): number | null => {
  const microseconds = Number(env.WATCHDOG_USEC)
  if (!(microseconds > 0) || (env.WATCHDOG_PID !== undefined && env.WATCHDOG_PID !== String(process.pid))) return null
  return microseconds / 1000
}
