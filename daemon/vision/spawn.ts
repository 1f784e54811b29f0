/** Starts the program of the vision process, so that it dies with us and wastes no memory. */
import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

// util-linux; its process becomes the child, which the kernel then kills when we die, even when it hangs in a driver.
const SETPRIV = '/usr/bin/setpriv'

// Measured, docs/performance.md. 1 MB of young objects: every frame leaves 0.4 MB behind, and V8 would let 40 MB of it lie.
const V8_FLAGS = ['--max-semi-space-size=1']

// Measured, docs/performance.md: glibc otherwise keeps a heap of its own for each of a dozen threads.
const MALLOC = { MALLOC_ARENA_MAX: '2' }

/** A child with an IPC channel. What goes wrong is told by its `error` and `exit` events. */
export function spawnWorker(file: string): ChildProcess {
  // Its stdout is nobody's: native libraries print there, and ours may carry JSON.
  const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc']
  const env = { ...process.env, ...MALLOC }
  const execArgv = [...process.execArgv, ...V8_FLAGS]
  if (!existsSync(SETPRIV)) return fork(file, [], { stdio, env, execArgv })
  return spawn(SETPRIV, ['--pdeathsig', 'KILL', process.execPath, ...V8_FLAGS, file], { stdio, env })
}
