/** Marks face and eyes in the picture itself. */
import { type Eye, isSeen, type Observation } from '../../observation.js'
import type { Layout } from './layout.js'
import { GRAY, ofEyes } from './palette.js'
import type { Pen } from './pen.js'

export const drawFace = (pen: Pen, { picture, scale, stroke }: Layout, { face, left, right }: Observation, closedAbove: number): void => {
  if (face === null) return
  const [x, y, width, height] = face.box
  pen.outline({ x: picture.x + x * scale, y: picture.y + y * scale, width: width * scale, height: height * scale }, GRAY, stroke)
  const mark = (eye: Eye | null) => {
    if (eye === null) return
    const colour = !isSeen(eye) ? ofEyes.unseen : eye.closed >= closedAbove ? ofEyes.closed : ofEyes.open
    const center: [number, number] = [picture.x + eye.center[0] * scale, picture.y + eye.center[1] * scale]
    pen.square({ center, size: eye.size * scale, roll: face.roll }, colour, stroke)
  }
  mark(left)
  mark(right)
}
