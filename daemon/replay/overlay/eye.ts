/** One eye below the picture: the patch as the network sees it, its probability as number and bar, and its state in a word. */
import { type Eye, isSeen, type Reason } from '../../observation.js'
import type { GrayPatch } from '../../vision/pixels.js'
import { type Box, inset, rows } from './layout.js'
import { FAINT, GROUND, ofEyes, WHITE } from './palette.js'
import type { Pen } from './pen.js'

export type ShownEye = { side: 'left' | 'right'; eye: Eye | null; patch: GrayPatch | null; unseen: Reason | null; closedAbove: number }

/** "closed", "open", or the reason why neither can be told. */
export const stateOf = ({ eye, unseen, closedAbove }: ShownEye): string =>
  isSeen(eye) ? (eye.closed >= closedAbove ? 'closed' : 'open') : (unseen ?? 'not seen')

export const drawEye = (pen: Pen, box: Box, stroke: number, shown: ShownEye): void => {
  const { side, eye, patch, closedAbove } = shown
  pen.fill(box, GROUND)
  const inner = inset(box, 3 * stroke)
  // The patch is square and leaves at least half of the width to the words.
  const px = Math.min(inner.height, Math.round(inner.width / 2))
  const picture: Box = { x: inner.x, y: inner.y, width: px, height: px }
  const colour = isSeen(eye) ? (eye.closed >= closedAbove ? ofEyes.closed : ofEyes.open) : ofEyes.unseen
  if (patch === null) pen.fill(picture, FAINT)
  else pen.patch(patch, picture)
  pen.outline(picture, colour, stroke)

  const beside: Box = { x: inner.x + px + 3 * stroke, y: inner.y, width: inner.width - px - 3 * stroke, height: px }
  pen.words(`${side} eye`, rows(beside, 0, 0.24))
  pen.words(stateOf(shown), rows(beside, 0.24, 0.52), { colour: isSeen(eye) ? WHITE : [200, 195, 190] })
  pen.words(eye === null ? '-' : `${(100 * eye.closed).toFixed(0)} % closed`, rows(beside, 0.52, 0.76))
  const bar = rows(beside, 0.8, 1)
  pen.fill(bar, FAINT)
  if (eye !== null) pen.fill({ ...bar, width: Math.max(1, Math.round(bar.width * eye.closed)) }, colour)
  pen.fill({ x: bar.x + Math.round(bar.width * closedAbove), y: bar.y, width: stroke, height: bar.height }, WHITE)
}
