import { describe, expect, it } from 'vitest'
import { cellsOf, type Pool, type Sample } from '../../scripts/train/cells.js'
import type { Shares } from '../../scripts/train/course.js'

const samples = (person: string, label: Sample['label'], count: number): Sample[] =>
  Array.from({ length: count }, (_, row) => ({ row, person, label }))

const pool = (source: Pool['source'], ...parts: Sample[][]): Pool => ({
  source,
  pixels: Buffer.alloc(0),
  side: 0,
  samples: parts.flat(),
  spoil: false,
})

/** Share of the draws of each cell, in their order. */
const sharesOf = (shares: Shares, ...pools: Pool[]): number[] => {
  const cells = cellsOf(pools, shares)
  return cells.map(({ until }, at) => until - (cells[at - 1]?.until ?? 0))
}

const NOTHING = { closed: 0, open: 0 }

describe('how often patches are drawn', () => {
  it('is a source and label by its share, however many patches it has', () => {
    const shares = { mrl: { closed: 0.5, open: 0.3 }, spoiled: { none: 0.2 } }
    const [closed, open, none] = sharesOf(
      shares,
      pool('mrl', samples('a', 'closed', 900), samples('a', 'open', 20)),
      pool('spoiled', samples('a', 'none', 5)),
    )
    expect(closed).toBeCloseTo(0.5)
    expect(open).toBeCloseTo(0.3)
    expect(none).toBeCloseTo(0.2)
  })

  it('is within them a person by the root of their number', () => {
    const [many, few] = sharesOf(
      { mrl: { closed: 1, open: 0 }, spoiled: { none: 0 } },
      pool('mrl', samples('many', 'closed', 900), samples('few', 'closed', 100)),
    )
    expect(many).toBeCloseTo(0.75)
    expect(few).toBeCloseTo(0.25)
  })

  it('fills up to one where a source is left out', () => {
    const cells = cellsOf([pool('cew', samples('a', 'closed', 3), samples('a', 'open', 3))], {
      mrl: { closed: 0.5, open: 0.1 },
      cew: { closed: 0.3, open: 0.1 },
      spoiled: { none: 0 },
    })
    expect(cells.at(-1)?.until).toBeCloseTo(1)
  })

  it('draws no label that has no share', () => {
    const wanted = { mrl: { closed: 1, open: 0 }, drawn: NOTHING, spoiled: { none: 0 } }
    const shares = sharesOf(wanted, pool('mrl', samples('a', 'closed', 3), samples('a', 'none', 3)), pool('drawn', samples('b', 'open', 3)))
    expect(shares).toEqual([1, 0, 0])
  })
})
