import { describe, expect, it } from 'vitest'
import { createFreshness, type Freshness } from '../../daemon/vision/frozen.js'

/** What is said of pictures at 10 a second; each is evenly gray, but for one pixel that may be lighter. */
const course = (looks: readonly { gray: number; lighter: number }[]): Freshness[] => {
  const judge = createFreshness()
  return looks.map(({ gray, lighter }, index) => {
    const data = new Uint8Array(24 * 24).fill(gray)
    data[100] = gray + lighter
    return judge({ width: 24, height: 24, data }, index * 100)
  })
}
const times = (count: number, gray: number) => Array.from({ length: count }, () => ({ gray, lighter: 0 }))

describe('a camera', () => {
  it('is frozen when the same picture has come for 2.4 s, and not a frame before', () => {
    const said = course([{ gray: 99, lighter: 0 }, ...times(25, 100)])
    expect([said[1], said[24], said[25]]).toEqual(['fresh', 'same', 'frozen'])
  })

  it('that is frozen from the start is never fresh', () => expect(new Set(course(times(40, 100)))).toEqual(new Set(['same', 'frozen'])))

  it('is frozen when it gives the same four buffers in turn', () => {
    const looks = Array.from({ length: 100 }, (_, index) => ({ gray: 100, lighter: index % 4 }))
    expect(course(looks)).toContain('frozen')
  })

  it('is fresh when one pixel moves by one step', () => {
    const looks = Array.from({ length: 100 }, (_, index) => ({ gray: 100, lighter: index }))
    expect(new Set(course(looks).slice(1))).toEqual(new Set(['fresh']))
  })

  it.each([0, 255])('that gives nothing but %i is dark or glaring, and not frozen', (gray) =>
    expect(course(times(60, gray))).not.toContain('frozen'),
  )
})
