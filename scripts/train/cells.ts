/** How often which patches are drawn for training. */
import type { Shares } from './course.js'
import type { Label } from './data/footage.js'

/** A patch of a pool: `row` in its pixels, `person` as far as known. */
export type Sample = { row: number; person: string; label: Label }

/** Patches of one source, side × side gray bytes each. `spoil`: each is made unrecognisable before use. */
export type Pool = {
  source: keyof Shares
  pixels: Buffer
  side: number
  samples: readonly Sample[]
  spoil: boolean
}

/** Patches of one person and label, drawn when a uniform number falls below `until` and not below the cell's before. */
export type Cell = { label: Label; pixels: Buffer; side: number; rows: number[]; spoil: boolean; until: number }

// Own: between "every picture alike" (1), where four people are half the set, and "every person alike" (0).
const SIZE_POWER = 0.5

/** The samples of all pools by label and person, with their shares of the draws, which are scaled to sum to 1. */
export const cellsOf = (pools: readonly Pool[], shares: Shares): Cell[] => {
  const labels: readonly Label[] = ['closed', 'open', 'none']
  const weighted = pools.flatMap(({ source, pixels, side, samples, spoil }) => {
    const wanted: Readonly<Partial<Record<Label, number>>> = shares[source] ?? {}
    return labels.flatMap((label) => {
      const people = new Map<string, number[]>()
      for (const sample of samples) {
        if (sample.label !== label) continue
        const rows = people.get(sample.person) ?? []
        rows.push(sample.row)
        people.set(sample.person, rows)
      }
      const whole = [...people.values()].reduce((sum, rows) => sum + rows.length ** SIZE_POWER, 0)
      return [...people.values()].map((rows) => ({
        cell: { label, pixels, side, rows, spoil },
        weight: ((wanted[label] ?? 0) * rows.length ** SIZE_POWER) / whole,
      }))
    })
  })
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  let until = 0
  return weighted.map(({ cell, weight }) => {
    until += weight / total
    return { ...cell, until }
  })
}
