/** Keeps the main process small. Called before anything else of the daemon is loaded: what V8 has once taken it seldom gives back. */
import { setFlagsFromString } from 'node:v8'

/**
 * For a process that runs for months on a few messages a second. The figures are in docs/performance.md.
 * Not for commands that look at pictures: they are several times slower without the optimising compiler.
 */
export function beThrifty(): void {
  // No optimising compiler: it takes 4 MB, and nothing here runs long enough to gain by it.
  setFlagsFromString('--no-opt')
  // Old objects are swept away when 2 MB of them have come, and a tenth more than there were: V8 would wait for 8 MB and a third.
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString('--heap-growing-percent=10')
}
