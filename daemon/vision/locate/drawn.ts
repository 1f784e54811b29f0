/** Faces drawn by code: no picture of a person is needed to ask a detector something it must know. Its golden samples are these. */

/** Near 1 inside an ellipse around 0, 0 in units of its radii, near 0 outside; soft, as a lens draws. */
const inside = (u: number, v: number): number => 1 / (1 + Math.exp(15 * (Math.sqrt(u * u + v * v) - 1)))

/** Tone −1..1 of a face at u, v, both −0.5..0.5 over the square around it. */
function faceTone(u: number, v: number): number {
  const blot = (x: number, y: number, radiusX: number, radiusY: number): number => inside((u - x) / radiusX, (v - y) / radiusY)
  const both = (x: number, y: number, radiusX: number, radiusY: number): number =>
    blot(-x, y, radiusX, radiusY) + blot(x, y, radiusX, radiusY)
  const hair = -0.5 - 0.4 * blot(0, -0.1, 0.36, 0.46)
  const skin = hair + (0.35 - hair) * blot(0, 0.02, 0.3, 0.4)
  const eyes = 0.6 * both(0.12, -0.08, 0.07, 0.03) + 0.45 * both(0.12, -0.17, 0.09, 0.02)
  const nose = 0.25 * blot(0, 0.1, 0.05, 0.025) + 0.2 * blot(-0.035, 0, 0.012, 0.1)
  return skin - eyes - nose - 0.5 * blot(0, 0.22, 0.11, 0.025)
}

// Own: fine enough for a face to be found, and drawn in a few milliseconds on a Pi, which waits for it at every start.
const DRAWN_SIDE = 48

/** @param draw tone at u, v, −0.5..0.5 @returns side × side tones −1..1, row by row, as a detector takes them */
function plane(side: number, draw: (u: number, v: number) => number): Float32Array {
  const drawn = Float32Array.from({ length: DRAWN_SIDE ** 2 }, (_, at) => {
    const tone = draw(((at % DRAWN_SIDE) + 0.5) / DRAWN_SIDE - 0.5, (Math.floor(at / DRAWN_SIDE) + 0.5) / DRAWN_SIDE - 0.5)
    return Math.max(-1, Math.min(1, tone))
  })
  const nearest = Array.from({ length: side }, (_, at) => Math.floor(((at + 0.5) * DRAWN_SIDE) / side))
  const filled = new Float32Array(side ** 2)
  for (const [row, from] of nearest.entries())
    for (const [column, at] of nearest.entries()) filled[row * side + column] = drawn[from * DRAWN_SIDE + at] ?? 0
  return filled
}

/** A face that fills `share` of the square; `aside` is how far to the right of its middle, in shares of it. */
const face = (side: number, share: number, aside: number): Float32Array => plane(side, (u, v) => faceTone((u - aside) / share, v / share))

/** The golden samples: a face near, one farther off and aside, and a headrest that is none. A change of them needs `npm run golden`. */
export const drawnSquares = (side: number): Float32Array[] => [
  face(side, 0.7, 0),
  face(side, 0.45, 0.15),
  plane(side, (u, v) => 0.3 * u - 0.2 + 0.5 * inside(u / 0.3, v / 0.4)),
]
