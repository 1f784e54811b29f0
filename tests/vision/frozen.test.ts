import { describe, expect, it } from 'vitest'
import type { Observation } from '../../daemon/observation.js'
import { createFreshness, type Freshness } from '../../daemon/vision/frozen.js'

const picture = (at: number, brightness: number, sharpness: number): Observation => ({
  at,
  frame: 0,
  face: null,
  left: null,
  right: null,
  unseen: { left: 'no-face', right: 'no-face' },
  scene: { brightness, sharpness },
})

/** What is said of pictures at 10 a second, given as [brightness, sharpness]. */
const course = (looks: readonly (readonly [number, number])[]): Freshness[] => {
  const judge = createFreshness()
  return looks.map(([brightness, sharpness], index) => judge(picture(index * 100, brightness, sharpness)))
}
const times = (count: number, look: readonly [number, number]) => Array.from({ length: count }, () => look)

describe('a camera', () => {
  it('is frozen when the same picture has come for 3 s, and not a frame before', () => {
    const said = course([[100, 50], ...times(31, [100.1, 50])])
    expect([said[1], said[30], said[31]]).toEqual(['fresh', 'same', 'frozen'])
  })

  it('that is frozen from the start is never fresh', () =>
    expect(new Set(course(times(40, [100, 50])))).toEqual(new Set(['same', 'frozen'])))

  it('is fresh when one figure in a thousand moves by its last digit', () => {
    const looks = Array.from({ length: 100 }, (_, index) => [100, 50 + (index % 2) / 10] as const)
    expect(new Set(course(looks).slice(1))).toEqual(new Set(['fresh']))
  })

  it.each([0, 255])('that gives nothing but %i is dark or glaring, and not frozen', (brightness) =>
    expect(course(times(60, [brightness, 0]))).not.toContain('frozen'),
  )
})
