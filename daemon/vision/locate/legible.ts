/** Whether the patch of an eye shows anything that can be judged: by its own light and sharpness, against the skin beside it. */
import type { Reason } from '../../observation.js'
import { lightOf } from '../light.js'
import type { GrayPatch } from '../pixels.js'

/** The patch of one eye, and the brightness 0..255 of the cheek below it. */
export type ShownEye = { patch: GrayPatch; skin: number }

/** What the patch shows about the eye itself: quarters and ends of its brightnesses, 0..255. */
export type Tones = { darkest: number; median: number; upper: number; brightest: number; saturated: number }

// Own: the part of a patch that a lens covers, and the lids; brows and the bridge of the nose lie outside.
const MARGIN_X = 6 / 64
const MARGIN_Y = 10 / 64
// Own: every second pixel of every second row says enough.
const STEP = 2

// Own: from here on a pixel of an 8-bit camera may stand for anything brighter.
const SATURATED = 250
// Own: half of the eye without a shade.
const MOST_SATURATED = 0.5

// Figures "of the recordings" are the least over all eyes located in all frames, printed by `npm run measure-visibility`.
// Of the recordings an eye's median is 0.42 of its cheek and more; a dark lens lets through a fifth of the light at most (ISO 12312-1).
const DARK_MEDIAN_OF_SKIN = 0.35
const DARK_UPPER_OF_SKIN = 0.5
// Own: a cheek darker than this is as dark as a lens.
const MIN_SKIN = 25

// Own: a lid's edge is lost in the camera's noise below this many steps of 256.
const MIN_RANGE = 4
const DARK_BELOW = 30
// Of the recordings an eye's tones span 0.31 of their median and more, shut ones included; plain skin or cloth a tenth.
const MIN_RELATIVE_RANGE = 0.15
// Of the recordings 0.02 and more, the softest those of a small picture; blurred by a fifth of the patch, 0.01.
const MIN_RELATIVE_SHARPNESS = 0.012
// What rounding to whole tones adds to the variance of the Laplacian: (4 · 1² + 4²) / 12.
const ROUNDING = 20 / 12
// Own: in darker patches rounding hides the edges of a sharp eye too.
const SHARPNESS_TELLS_FROM = 50

// Of the recordings 0.039 and more, shut eyes included (0.024 a far eye); smeared sideways by half of the patch, or far out of focus, 0.01 to 0.03.
const MIN_RELATIVE_DETAIL = 0.035

const histogram = new Uint16Array(256)

/** Runs twice a frame, so it keeps its histogram. */
export const tonesOf = ({ width, height, data }: GrayPatch): Tones => {
  histogram.fill(0)
  const [left, top] = [Math.round(MARGIN_X * width), Math.round(MARGIN_Y * height)]
  let count = 0
  for (let row = top; row < height - top; row += STEP) {
    for (let column = left; column < width - left; column += STEP) {
      const tone = data[row * width + column] ?? 0
      histogram[tone] = (histogram[tone] ?? 0) + 1
      count += 1
    }
  }
  /** The tone below which a share of the pixels lies. */
  const quantile = (share: number): number => {
    let below = 0
    for (let tone = 0; tone < 256; tone++) {
      below += histogram[tone] ?? 0
      if (below > share * count) return tone
    }
    return 255
  }
  let saturated = 0
  for (let tone = SATURATED; tone < 256; tone++) saturated += histogram[tone] ?? 0
  return { darkest: quantile(0.05), median: quantile(0.5), upper: quantile(0.75), brightest: quantile(0.95), saturated: saturated / count }
}

const isDark = ({ median, upper }: Tones, skin: number): boolean =>
  skin >= MIN_SKIN && median < DARK_MEDIAN_OF_SKIN * skin && upper < DARK_UPPER_OF_SKIN * skin

/** Why this one eye cannot be judged, dark glasses aside, which come in pairs. */
const reasonOf = ({ patch }: ShownEye, tones: Tones): Reason | null => {
  const { darkest, median, brightest, saturated } = tones
  if (saturated >= MOST_SATURATED) return 'too-bright'
  if (brightest - darkest < MIN_RANGE && median < DARK_BELOW) return 'too-dark'
  if (brightest - darkest < MIN_RELATIVE_RANGE * median) return 'covered'
  const { brightness, sharpness } = lightOf(patch)
  const edges = Math.sqrt(Math.max(0, sharpness - ROUNDING))
  return brightness >= SHARPNESS_TELLS_FROM && edges < MIN_RELATIVE_SHARPNESS * brightness ? 'blurred' : null
}

/** Deviation of the brightness from one side of a pixel to the other, over the brightness: what a smear sideways takes first. */
export const detailOf = ({ width, height, data }: GrayPatch): number => {
  const [left, top] = [Math.round(MARGIN_X * width), Math.round(MARGIN_Y * height)]
  let squares = 0
  let total = 0
  let count = 0
  for (let row = top; row < height - top; row++) {
    for (let at = row * width + left; at < (row + 1) * width - left; at++) {
      squares += ((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) ** 2
      total += data[at] ?? 0
      count += 1
    }
  }
  return Math.sqrt(squares / count) / Math.max(1, total / count)
}

/** The likeliest reason why the classifier sees no eye in a patch of a face that is turned to the camera and wears no dark glasses. */
export const unseenBecause = (patch: GrayPatch): Reason => {
  if (tonesOf(patch).median < DARK_BELOW) return 'too-dark'
  return detailOf(patch) < MIN_RELATIVE_DETAIL ? 'blurred' : 'covered'
}

/**
 * Why an eye's patch cannot be judged; null where it can, and where there is none.
 * `dark` tells whether what is there is dark beside its skin: the likeliest cause when the classifier sees no eye.
 */
export const hiddenReasons = (
  left: ShownEye | null,
  right: ShownEye | null,
): { left: Reason | null; right: Reason | null; dark: boolean } => {
  const eyes = [left, right].map((eye) => (eye === null ? null : { eye, tones: tonesOf(eye.patch) }))
  const there = eyes.filter((one) => one !== null)
  const dark = there.length > 0 && there.every(({ eye, tones }) => isDark(tones, eye.skin))
  const [ofLeft = null, ofRight = null] = eyes.map((one) =>
    one === null ? null : dark ? ('dark-glasses' as const) : reasonOf(one.eye, one.tones),
  )
  return { left: ofLeft, right: ofRight, dark }
}
