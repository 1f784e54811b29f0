/** Instructions counted under emulation, and what they may be in time. */
import { describe, expect, it } from 'vitest'
import { BOARDS, estimateMs } from '../../scripts/arm64/boards.js'
import { framesOf } from '../../scripts/arm64/counts.js'

describe('the counts of a run', () => {
  it('are those of reading a frame and of looking at it; the warm-up and what others say are left out', () => {
    const said = ['frame 0 unseen', 'count 10 100', 'count 20 130', 'a warning', 'count 90 1130', 'frame 1 seen']
    expect(framesOf(said)).toEqual([{ read: 30, look: 1000, seen: true }])
  })

  it('that do not belong to one frame are refused', () => {
    expect(() => framesOf(['count 1 1', 'count 2 2', 'frame 0 seen'])).toThrow('"frame 0 seen" stands after 2 counts; wanted: 3')
  })
})

describe('the estimate', () => {
  it('of a billion instructions is a billion over what a core decodes in half of its slots', () => {
    const { likely, least, most } = estimateMs(1e9, { name: 'made up', core: 'none', gigahertz: 1, width: 2 })
    expect([likely, least, most]).toEqual([expect.closeTo(1000), expect.closeTo(750), expect.closeTo(1500)])
  })

  it('has the Pi 4 as the slowest of the boards', () => {
    const ms = BOARDS.map((board) => estimateMs(1e7, board).likely)
    expect(Math.max(...ms)).toBe(ms[0])
  })
})
