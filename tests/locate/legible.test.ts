import { describe, expect, it } from 'vitest'
import { hiddenReasons, tonesOf, unseenBecause } from '../../daemon/vision/locate/legible.js'
import { cheekBrightness } from '../../daemon/vision/locate/skin.js'
import type { GrayPatch } from '../../daemon/vision/pixels.js'

const SIDE = 64

const patch = (paint: (x: number, y: number) => number): GrayPatch => ({
  width: SIDE,
  height: SIDE,
  data: Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    Math.max(0, Math.min(255, Math.round(paint(at % SIDE, Math.floor(at / SIDE))))),
  ),
})

/** An eye drawn roughly: skin, white and a dark iris, in light and contrast as told. */
const open = (skin = 130, contrast = 1): GrayPatch =>
  patch((x, y) => {
    const inEye = Math.hypot((x - 32) / 24, (y - 32) / 10) < 1
    const tone = inEye ? (Math.hypot(x - 32, y - 32) < 9 ? 0.25 : 1.15) : 0.9
    return skin * (0.9 + contrast * (tone - 0.9))
  })

/** A shut one: skin with the line of the lashes. */
const shut = (skin = 130): GrayPatch =>
  patch((x, y) => skin * (Math.abs(y - 36 - ((x - 32) / 12) ** 2) < 2 && Math.abs(x - 32) < 26 ? 0.4 : 0.9))

/** A lens as dark as told, with a faint gradient of the sky. */
const lens = (tone: number): GrayPatch => patch((_, y) => tone + 8 * (1 - y / SIDE))

const both = (left: GrayPatch, right = left, skin = 130) => hiddenReasons({ patch: left, skin }, { patch: right, skin })

describe('an eye that shows is judged', () => {
  it.each([
    ['open', open()],
    ['shut', shut()],
    ['open, of dark skin', open(45)],
    ['in dim light', open(30)],
    ['soft', open(130, 0.3)],
  ])('%s', (_, eye) => {
    expect(both(eye, eye, tonesOf(eye).median / 0.7)).toEqual({ left: null, right: null, dark: false })
  })

  it('and one that is not there has no reason of its own', () => {
    expect(hiddenReasons(null, null)).toEqual({ left: null, right: null, dark: false })
    expect(hiddenReasons(null, { patch: open(), skin: 130 })).toMatchObject({ left: null, right: null })
  })
})

describe('dark glasses', () => {
  it('are two patches much darker than the cheeks', () => {
    expect(both(lens(22))).toEqual({ left: 'dark-glasses', right: 'dark-glasses', dark: true })
  })

  it('are known by one eye too, when the other is turned away', () => {
    expect(hiddenReasons({ patch: lens(22), skin: 130 }, null)).toMatchObject({ left: 'dark-glasses', right: null })
  })

  it('are not one eye in the shade: it is measured against its own cheek', () => {
    const shade = open(40)
    expect(hiddenReasons({ patch: open(160), skin: 160 }, { patch: shade, skin: 50 })).toEqual({ left: null, right: null, dark: false })
  })

  it('are not told in the dark, where cheeks are as dark', () => {
    expect(both(lens(4), lens(4), 20).dark).toBe(false)
  })
})

describe('each eye has its own light', () => {
  it('one in the sun is too bright, the other is judged', () => {
    expect(hiddenReasons({ patch: open(400), skin: 255 }, { patch: open(), skin: 130 })).toMatchObject({ left: 'too-bright', right: null })
  })

  it('one in black shade is too dark, the other is judged', () => {
    expect(hiddenReasons({ patch: open(130), skin: 130 }, { patch: open(2), skin: 3 })).toMatchObject({ left: null, right: 'too-dark' })
  })

  it('one behind something without a line is covered, the other is judged', () => {
    expect(
      both(
        patch((x) => 110 + x / 10),
        open(),
      ),
    ).toMatchObject({ left: 'covered', right: null })
  })

  it('one without an edge is blurred', () => {
    const smooth = patch((x, y) => 100 + 40 * Math.sin(x / 14) * Math.cos(y / 14))
    expect(both(smooth, open())).toMatchObject({ left: 'blurred', right: null })
  })
})

describe('the cheek', () => {
  it('is measured below its own eye, along the face’s upright, and at the border of the face’s patch too', () => {
    const face = patch((x) => (x < 32 ? 40 : 200))
    const square = { center: [200, 100], size: 128, roll: 0 } satisfies { center: [number, number]; size: number; roll: number }
    expect(cheekBrightness(face, square, [170, 90], 50, 0)).toBe(40)
    expect(cheekBrightness(face, square, [230, 90], 50, 0)).toBe(200)
    // The head lies on its side: down is to the left of the picture.
    expect(cheekBrightness(face, square, [215, 90], 50, 90)).toBe(40)
    expect(cheekBrightness(face, square, [400, 400], 50, 0)).toBe(200)
  })
})

describe('where the classifier sees no eye, the likeliest reason', () => {
  /** Moved sideways by half of the patch while the shutter was open. */
  const smeared = ({ data }: GrayPatch): GrayPatch =>
    patch((x, y) => {
      const row = Array.from({ length: 33 }, (_, at) => data[y * SIDE + Math.max(0, Math.min(SIDE - 1, x - 16 + at))] ?? 0)
      return row.reduce((sum, tone) => sum + tone, 0) / row.length
    })

  it.each([
    ['a smear sideways is a blur', smeared(open()), 'blurred'],
    ['the dark is the dark, grain and all', patch((x, y) => 10 + ((x * 7 + y * 13) % 9)), 'too-dark'],
    ['something sharp that is no eye covers it', patch((x) => (x % 16 < 8 ? 80 : 160)), 'covered'],
  ])('%s', (_, eye, reason) => {
    expect(unseenBecause(eye)).toBe(reason)
  })
})
