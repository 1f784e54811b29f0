/** Child processes that are killed on purpose. */
import type { ChildProcess } from 'node:child_process'

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))

/** Kills without a word and waits until it is gone. */
export const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await exited(child)
}
