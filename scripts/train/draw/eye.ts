/**
 * Eyes of nobody, drawn by numbers. They stand in for people and light that the sets lack: thick and painted lashes, every tone of skin, white and iris from
 * near infrared to daylight. No picture of a person has any part in them.
 */
import { glint, noise, rim, soften } from '../disturb.js'
import type { Random } from '../random.js'
import { strands } from './band.js'
import { brow, curtain, folds, skin } from './face.js'
import { openEye } from './open-eye.js'
import { drawShape } from './shape.js'
import { shutEye } from './shut-eye.js'

/** One patch, side × side gray bytes, of an eye that is shut or open, cut as the patches of MRL's crops are. */
export const drawEye = (side: number, closed: boolean, random: Random): Uint8Array => {
  const shape = drawShape(random)
  const tone = random.between(45, 225)
  const dark = tone * random.between(0.05, 0.45)
  const square = skin(side, shape, tone, random)
  folds(square, shape, tone, random)
  if (random.chance(0.75)) brow(square, shape, tone * random.between(0.15, 0.75), random)
  if (closed) shutEye(square, shape, tone, dark, random)
  else openEye(square, shape, tone, dark, random)
  if (random.chance(0.1)) strands(square, dark, random)
  if (random.chance(0.15)) curtain(square, tone, random)
  if (random.chance(0.15)) rim(square, random)
  if (random.chance(0.12)) glint(square, random)
  // Soft, as cameras see: crisp lines would tell a drawing. Far out of focus shut lids are still a bar, and an open eye is nothing that could be told.
  for (let passes = 1 + random.below(closed && random.chance(0.3) ? 14 : 6); passes > 0; passes--) soften(square)
  noise(square, 0.06, random)
  return Uint8Array.from(square.pixels, (value) => Math.max(0, Math.min(255, Math.round(value))))
}
