/** Many drawn eyes, as one of the sources that training draws from. */
import type { Sample } from '../cells.js'
import { TRAIN_SIDE } from '../data/mrl.js'
import { seeded } from '../random.js'
import { drawEye } from './eye.js'

// Own: as many as CEW has, and twice: each is disturbed anew whenever it is drawn.
const COUNT = 10_000
// Own: any seed would do.
const SEED = 4711

/** Half of them shut; half a minute. `pixels`: side × side gray bytes each. */
export const drawPool = (): { pixels: Buffer; side: number; samples: Sample[] } => {
  const random = seeded(SEED)
  const patches = Array.from({ length: COUNT }, (_, row) => drawEye(TRAIN_SIDE, row % 2 === 0, random))
  return {
    pixels: Buffer.concat(patches),
    side: TRAIN_SIDE,
    samples: patches.map((_, row) => ({ row, person: 'nobody', label: row % 2 === 0 ? 'closed' : 'open' })),
  }
}
