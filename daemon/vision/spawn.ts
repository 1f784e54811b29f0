/** Starts the program of the vision process, so that it dies with us and wastes no memory. */
import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process'
import { existsSync, writeFile } from 'node:fs'

// util-linux; its process becomes the child, which the kernel then kills when we die, even when it hangs in a driver.
const SETPRIV = '/usr/bin/setpriv'

// Measured, docs/performance.md. 1 MB of young objects: every frame leaves 0.4 MB behind, and V8 would let 40 MB of it lie.
const V8_FLAGS = ['--max-semi-space-size=1']

// Measured, docs/performance.md: glibc otherwise keeps a heap of its own for each of a dozen threads.
const MALLOC = { MALLOC_ARENA_MAX: '2' }

// Own: where memory runs out, the eyes go first; they come back within seconds, and meanwhile the rest warns and tells. What the unit gives both is -500.
const OUT_OF_MEMORY_SCORE = '500'

/** Tells the kernel which of ours to end when memory runs out. A machine without that file, or a child that is gone, needs none of it. */
const offerToTheKernel = (child: ChildProcess): ChildProcess => {
  const file = `/proc/${child.pid}/oom_score_adj`
  if (child.pid !== undefined && existsSync(file)) writeFile(file, OUT_OF_MEMORY_SCORE, () => undefined)
  return child
}

/** A child with an IPC channel. What goes wrong is told by its `error` and `exit` events. */
export function spawnWorker(file: string): ChildProcess {
  // Its stdout is nobody's: native libraries print there, and ours may carry JSON.
  const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc']
  const env = { ...process.env, ...MALLOC }
  const execArgv = [...process.execArgv, ...V8_FLAGS]
  if (!existsSync(SETPRIV)) return offerToTheKernel(fork(file, [], { stdio, env, execArgv }))
  return offerToTheKernel(spawn(SETPRIV, ['--pdeathsig', 'KILL', process.execPath, ...V8_FLAGS, file], { stdio, env }))
}
