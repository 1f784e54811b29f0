import { describe, expect, it } from 'vitest'
import { cellsOf, type Pool, type Sample } from '../../scripts/train/cells.js'

const samples = (person: string, label: Sample['label'], count: number): Sample[] =>
  Array.from({ length: count }, (_, row) => ({ row, person, label }))

const pool = (shares: Pool['shares'], ...parts: Sample[][]): Pool => ({
  pixels: Buffer.alloc(0),
  samples: parts.flat(),
  shares,
  spoil: false,
})

/** Share of the draws of each cell, in their order. */
const sharesOf = (pools: Pool[]): number[] => {
  const cells = cellsOf(pools)
  return cells.map(({ until }, at) => until - (cells[at - 1]?.until ?? 0))
}

describe('how often patches are drawn', () => {
  it('is a source and label by its share, however many patches it has', () => {
    const [closed, open, none] = sharesOf([
      pool({ closed: 0.5, open: 0.3 }, samples('a', 'closed', 900), samples('a', 'open', 20)),
      pool({ none: 0.2 }, samples('a', 'none', 5)),
    ])
    expect(closed).toBeCloseTo(0.5)
    expect(open).toBeCloseTo(0.3)
    expect(none).toBeCloseTo(0.2)
  })

  it('is within them a person by the root of their number', () => {
    const [many, few] = sharesOf([pool({ closed: 1 }, samples('many', 'closed', 900), samples('few', 'closed', 100))])
    expect(many).toBeCloseTo(0.75)
    expect(few).toBeCloseTo(0.25)
  })

  it('fills up to one where a source is left out', () => {
    const cells = cellsOf([pool({ closed: 0.3, open: 0.1 }, samples('a', 'closed', 3), samples('a', 'open', 3))])
    expect(cells.at(-1)?.until).toBeCloseTo(1)
  })

  it('draws no label that has no share', () => {
    const shares = sharesOf([pool({ closed: 1 }, samples('a', 'closed', 3), samples('a', 'none', 3))])
    expect(shares[1]).toBe(0)
  })
})
