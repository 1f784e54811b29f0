/** Patches that are no eye: cut from recordings away from the eyes, and eyes spoiled on purpose. How many does a model call visible? */
import type { Cuts } from '../data/cut-footage.js'
import type { FootagePatch } from '../data/footage.js'
import { type Mrl, TEST_SIDE, TRAIN_SIDE } from '../data/mrl.js'
import { resized } from '../data/pictures.js'
import { seeded } from '../random.js'
import { spoil } from '../spoil.js'
import { statesOf } from './judge.js'

// Own: not one of the seeds that training draws by.
const SEED = 77_001
// Own: enough for a figure to a tenth of a percent.
const MOST = 4000

export type NoEyeFigure = { patches: number; visible: number }

const count = async (model: string, patches: readonly Uint8Array[]): Promise<NoEyeFigure> => {
  const pixels = Buffer.concat(patches)
  const states = await statesOf(
    model,
    pixels,
    patches.map((_, at) => at),
  )
  return { patches: patches.length, visible: states.filter(({ visible }) => visible >= 0.5).length }
}

/** Of the recordings' patches without an eye, of these people. */
export const cutFromRecordings = (
  model: string,
  cuts: Cuts,
  patches: readonly FootagePatch[],
  people: readonly string[],
): Promise<NoEyeFigure> =>
  count(
    model,
    patches
      .filter(({ label, person }) => label === 'none' && people.includes(person))
      .slice(0, MOST)
      .map(({ row }) => resized(cuts.pixels.subarray(row * TRAIN_SIDE ** 2, (row + 1) * TRAIN_SIDE ** 2), TRAIN_SIDE, TEST_SIDE)),
  )

/** Of MRL crops in these rows, behind dark lenses, under glare, covered or out of place. */
export const spoiledEyes = (model: string, mrl: Mrl, rows: readonly number[]): Promise<NoEyeFigure> => {
  const random = seeded(SEED)
  const drawn = Array.from({ length: Math.min(MOST, rows.length) }, () => rows[random.below(rows.length)] ?? 0)
  return count(
    model,
    drawn.map((row) => spoil(mrl.test.subarray(row * TEST_SIDE ** 2, (row + 1) * TEST_SIDE ** 2), TEST_SIDE, random)),
  )
}
