/** Child processes that are killed on purpose. */
import type { ChildProcess } from 'node:child_process'

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))

/** This child does not outlive the program, however that ends (a signal needs a handler that calls `process.exit`). */
export const endWithProgram = (child: ChildProcess): void => {
  const end = () => void child.kill('SIGKILL')
  // Before what was begun earlier is ended: a disk goes after those who write to it.
  process.prependListener('exit', end)
  child.once('exit', () => process.off('exit', end))
}

/** A signal ends the program with the usual exit code, and what ends with it. */
export const endOnSignals = (): void => {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}

/** Kills without a word and waits until it is gone. */
export const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await exited(child)
}
