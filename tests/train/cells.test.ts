import { describe, expect, it } from 'vitest'
import { cellsOf, type DrawBy } from '../../scripts/train/cells.js'

const crops = (subject: string, closed: number, open: number): { subject: string; closed: boolean }[] => [
  ...Array.from({ length: closed }, () => ({ subject, closed: true })),
  ...Array.from({ length: open }, () => ({ subject, closed: false })),
]

/** Share of the draws by person and class. */
const sharesOf = (people: { subject: string; closed: boolean }[], drawBy: DrawBy = 'rarer-class'): Map<string, number> => {
  const cells = cellsOf(
    people,
    people.map((_, row) => row),
    drawBy,
  )
  return new Map(
    cells.map((cell, at) => {
      const { subject } = people[cell.rows[0] ?? -1] ?? { subject: 'nobody' }
      return [`${subject} ${cell.closed ? 'closed' : 'open'}`, cell.until - (cells[at - 1]?.until ?? 0)]
    }),
  )
}

describe('how often crops are drawn', () => {
  it('gives closed and open half each, however unequal the set', () => {
    const shares = sharesOf([...crops('a', 900, 20), ...crops('b', 10, 30)])
    const sum = (kind: string): number => [...shares].filter(([name]) => name.endsWith(kind)).reduce((total, [, share]) => total + share, 0)
    expect(sum('closed')).toBeCloseTo(0.5)
    expect(sum('open')).toBeCloseTo(0.5)
  })

  it('gives a person their open and their closed crops equally often, so that a face does not tell the label', () => {
    const shares = sharesOf([...crops('a', 900, 20), ...crops('b', 40, 700), ...crops('c', 300, 300)])
    for (const person of ['a', 'b', 'c']) expect(shares.get(`${person} open`)).toBeCloseTo(shares.get(`${person} closed`) ?? Number.NaN)
  })

  it('gives a person of one class a small share, and one with many of both a large one', () => {
    const shares = sharesOf([...crops('only closed', 1000, 0), ...crops('both', 500, 500)])
    expect(shares.get('only closed closed')).toBeLessThan(0.2 * (shares.get('both closed') ?? Number.NaN))
    expect(shares.get('only closed open')).toBeUndefined()
  })

  it('by own size remembers people of one class as well as others', () => {
    const shares = sharesOf([...crops('only closed', 900, 0), ...crops('both', 900, 900)], 'own-size')
    expect(shares.get('only closed closed')).toBeCloseTo(shares.get('both closed') ?? Number.NaN)
  })

  it('draws every crop it was given, and no other', () => {
    const people = crops('a', 3, 2)
    expect(cellsOf(people, [0, 3, 4], 'own-size').flatMap((cell) => cell.rows)).toEqual([0, 3, 4])
  })
})
