/** The signals that `run` heeds: those that end it, and the one that has it read its configuration anew. */
import { closeSync, openSync } from 'node:fs'

// A stop, Ctrl-C, Ctrl-\.
const WAYS_OUT = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const

export type Signals = {
  /** Resolves with the name of the first signal that asks for the end; a second one while stopping must not kill us with the alarm on. */
  readonly signalled: Promise<string>
  isSignalled(): boolean
}

/** Whether this process has a terminal that is still there. */
const hasTerminal = (): boolean => {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    // ENXIO: there is none; EIO: it was closed.
    return false
  }
}

/** @param onHangup told of each SIGHUP, but for that of a terminal that was closed, which asks for the end. */
export function listenForSignals(onHangup: () => void): Signals {
  const hadTerminal = hasTerminal()
  let signal: string | null = null
  const signalled = new Promise<string>((resolve) => {
    const end = (name: string) => {
      signal ??= name
      resolve(name)
    }
    for (const name of WAYS_OUT) process.on(name, () => end(name))
    process.on('SIGHUP', () => {
      if (hadTerminal && !hasTerminal()) end('SIGHUP')
      else onHangup()
    })
  })
  return { signalled, isSignalled: () => signal !== null }
}
