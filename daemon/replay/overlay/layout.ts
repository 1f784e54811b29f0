/** Where everything stands: state above the picture, eyes and timeline below it, so that nothing covers the face. */

/** px of the overlay's picture. */
export type Box = { x: number; y: number; width: number; height: number }

export type Layout = {
  width: number
  height: number
  /** px of the overlay for one px of the recording. */
  scale: number
  /** Lines and gaps, px. */
  stroke: number
  headline: Box
  status: Box
  picture: Box
  /** The driver's right eye stands on the left, as in the picture. */
  rightEye: Box
  leftEye: Box
  timeline: Box
}

// Own, looked at: narrower, the words cannot be read; a small picture is enlarged.
const MIN_WIDTH = 360

const even = (px: number): number => 2 * Math.ceil(px / 2)

/** @param width of the recording's pictures, px; @param height likewise */
export const layoutOf = (width: number, height: number): Layout => {
  const scale = Math.max(1, Math.ceil(MIN_WIDTH / width))
  // Encoders want even sides.
  const wide = even(width * scale)
  const headline = Math.round(Math.min(110, Math.max(44, wide * 0.085)))
  const status = Math.round(headline * 0.62)
  const eyes = Math.round(Math.min(260, Math.max(104, wide * 0.2)))
  const timeline = Math.round(Math.min(160, Math.max(64, wide * 0.11)))
  const tops = [0, headline, headline + status, headline + status + height * scale, headline + status + height * scale + eyes] as const
  const half = wide / 2
  return {
    width: wide,
    height: even(tops[4] + timeline),
    scale,
    stroke: Math.max(2, Math.round(wide / 400)),
    headline: { x: 0, y: tops[0], width: wide, height: headline },
    status: { x: 0, y: tops[1], width: wide, height: status },
    picture: { x: 0, y: tops[2], width: width * scale, height: height * scale },
    rightEye: { x: 0, y: tops[3], width: half, height: eyes },
    leftEye: { x: half, y: tops[3], width: half, height: eyes },
    timeline: { x: 0, y: tops[4], width: wide, height: timeline },
  }
}

/** A box less a margin on every side. */
export const inset = ({ x, y, width, height }: Box, margin: number): Box => ({
  x: x + margin,
  y: y + margin,
  width: Math.max(1, width - 2 * margin),
  height: Math.max(1, height - 2 * margin),
})

/** The box's part from one share of its width to another. */
export const columns = ({ x, y, width, height }: Box, from: number, to: number): Box => ({
  x: x + Math.round(from * width),
  y,
  width: Math.max(1, Math.round((to - from) * width)),
  height,
})

/** The box's part from one share of its height to another. */
export const rows = ({ x, y, width, height }: Box, from: number, to: number): Box => ({
  x,
  y: y + Math.round(from * height),
  width,
  height: Math.max(1, Math.round((to - from) * height)),
})
