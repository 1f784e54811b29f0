/** Children that were killed and do not end: a driver holds them in the kernel, where no signal reaches. */
import type { ChildProcess } from 'node:child_process'

// Own: each keeps its memory, some 160 MB, and maybe the camera. The first may be of a camera that is plugged in anew; where the second is held too, so is the next.
const MOST = 2

export interface Stuck {
  /** Nobody waits for this one any more, nor does the end of the program. */
  add(child: ChildProcess): void
  /** No other may be begun until one of them has ended. */
  readonly isFull: boolean
}

export const createStuck = (): Stuck => {
  const held = new Set<ChildProcess>()
  return {
    add(child) {
      held.add(child)
      child.once('exit', () => held.delete(child))
      child.unref()
      child.channel?.unref()
    },
    get isFull() {
      return held.size >= MOST
    },
  }
}
