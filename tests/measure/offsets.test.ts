import { describe, expect, it } from 'vitest'
import { lostBecause, misplacedBecause } from '../../scripts/measure/causes.js'
import type { Look } from '../../scripts/measure/looks.js'
import { biasOf, errorOf, jitterOf, offsetsOf } from '../../scripts/measure/offsets.js'
import { median, quantile } from '../../scripts/measure/statistics.js'

type Place = [x: number, y: number]

/** A frame in which we put the eyes at `ours` (left, right) and YuNet at `theirs`; the eyes are 100 px apart. */
const look = (
  ours: [Place, Place],
  theirs: [Place, Place] = [
    [300, 200],
    [200, 200],
  ],
  pose = { yaw: 0, pitch: 0, roll: 0 },
): Look => {
  const eye = (center: Place) => ({ square: { center, size: 80, roll: 0 }, visible: 1, skin: 120 })
  return {
    recording: { name: 'one.mp4', file: 'one.mp4', group: 'one' },
    frame: 0,
    atSeconds: 0,
    width: 640,
    height: 480,
    locateMs: 1,
    reference: { score: 0.9, box: [150, 100, 200, 250], left: theirs[0], right: theirs[1] },
    located: {
      face: { confidence: 0.9, box: [150, 100, 200, 250], ...pose },
      left: eye(ours[0]),
      right: eye(ours[1]),
      unseen: { left: null, right: null },
      scene: { brightness: 100, sharpness: 100 },
    },
  }
}

describe('the error of an eye centre', () => {
  it('is a share of the inter-eye distance, along and across the eye line', () => {
    const [left, right] = offsetsOf([
      look([
        [303, 204],
        [200, 200],
      ]),
    ])
    expect([left?.along, left?.across]).toEqual([expect.closeTo(0.03), expect.closeTo(0.04)])
    expect([right?.along, right?.across]).toEqual([expect.closeTo(0), expect.closeTo(0)])
  })

  it('turns with the head: below the eyes of a head that lies on its side is beside them in the picture', () => {
    const [left] = offsetsOf([
      look(
        [
          [195, 300],
          [195, 200],
        ],
        [
          [200, 300],
          [200, 200],
        ],
      ),
    ])
    expect(left?.across).toBeCloseTo(0.05)
    expect(left?.along).toBeCloseTo(0)
  })

  it('leaves out what is constant over all frames, for each side apart', () => {
    const offsets = offsetsOf([
      look([
        [300, 205],
        [200, 203],
      ]),
      look([
        [300, 205],
        [200, 203],
      ]),
      look([
        [300, 209],
        [200, 203],
      ]),
    ])
    const errors = offsets.map((offset) => errorOf(offset, biasOf(offsets)))
    expect(Math.max(...errors)).toBeCloseTo(0.04)
    expect(median(errors)).toBeCloseTo(0)
  })
})

describe('jitter', () => {
  it('counts our moves where YuNet stands still, and no others', () => {
    const still = jitterOf([
      look([
        [300, 200],
        [200, 200],
      ]),
      look([
        [301, 200],
        [200, 200],
      ]),
    ])
    expect(still).toEqual([expect.closeTo(0.01), 0])
    const moving = jitterOf([
      look([
        [300, 200],
        [200, 200],
      ]),
      look(
        [
          [310, 200],
          [210, 200],
        ],
        [
          [310, 200],
          [210, 200],
        ],
      ),
    ])
    expect(moving).toEqual([])
  })
})

describe('a lost or misplaced eye', () => {
  it('has its reason, and whether there was a face to be seen', () => {
    const lost = look([
      [300, 200],
      [200, 200],
    ])
    lost.located = { ...lost.located, left: null, unseen: { left: 'turned-away', right: null } }
    expect(lostBecause(lost)).toBe('one eye lost: turned-away; YuNet sees a face')
    expect(lostBecause({ ...lost, reference: null })).toMatch(/YuNet sees no face either/)
  })

  it('is told by what the head did', () => {
    const far: [Place, Place] = [
      [320, 200],
      [220, 200],
    ]
    expect(misplacedBecause(look(far, undefined, { yaw: 30, pitch: 0, roll: 0 }), undefined)).toMatch(/turned/)
    expect(misplacedBecause(look(far, undefined, { yaw: 0, pitch: -20, roll: 0 }), undefined)).toMatch(/bent down/)
    expect(
      misplacedBecause(
        look(far),
        look(far, [
          [310, 200],
          [210, 200],
        ]),
      ),
    ).toMatch(/fast move/)
    expect(
      misplacedBecause(
        look([
          [500, 200],
          [400, 200],
        ]),
        undefined,
      ),
    ).toMatch(/another face/)
  })
})

describe('a quantile', () => {
  it('is the value that so many lie below', () => {
    const values = Array.from({ length: 100 }, (_, index) => 99 - index)
    expect([quantile(values, 0.95), median(values), quantile([], 0.5)]).toEqual([95, 50, Number.NaN])
  })
})
