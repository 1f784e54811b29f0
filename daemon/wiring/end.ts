/** Why the daemon ends by itself: told once, whoever tells first. */
import type { VisionFault } from '../vision/state.js'

export interface End {
  /** Resolves with why, for a sentence; rejects with VisionFault when a recording or script cannot be used. */
  readonly reached: Promise<string>
  finish(why: string): void
  giveUp(fault: VisionFault): void
}

export function createEnd(): End {
  let finish: End['finish'] = () => undefined
  let giveUp: End['giveUp'] = () => undefined
  const reached = new Promise<string>((resolve, reject) => {
    finish = resolve
    giveUp = reject
  })
  return { reached, finish, giveUp }
}
