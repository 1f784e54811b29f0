/** How often which crops are drawn for training. */

/** Crops of one person and class, drawn when a uniform number falls below `until` and not below the cell's before. */
export type Cell = { closed: boolean; rows: number[]; until: number }

type Labelled = { subject: string; closed: boolean }

/**
 * `rarer-class`: a person's two cells are drawn equally often, by the root of their rarer class. A person's look must not tell the
 * label: eight people of the set are closed and nearly never open; drawn by their numbers, they teach that dark pictures of
 * such faces are closed. For judging people never seen.
 * `own-size`: each cell by the root of its size. For remembering those that are there, people of one class too.
 */
export type DrawBy = 'rarer-class' | 'own-size'

// Own: so that a person of one class alone is drawn a little, too.
const RARER_CLASS_PLUS = 15
// Own: between "every picture alike" (1), where four people are half the set, and "every cell alike" (0).
const SIZE_POWER = 0.5

/** The rows by person and class, with their shares of the draws; closed and open get half each. */
export const cellsOf = (crops: readonly Labelled[], rows: readonly number[], drawBy: DrawBy): Cell[] => {
  const people = new Map<string, { true: number[]; false: number[] }>()
  for (const row of rows) {
    const crop = crops[row]
    if (crop === undefined) continue
    const person = people.get(crop.subject) ?? { true: [], false: [] }
    person[`${crop.closed}`].push(row)
    people.set(crop.subject, person)
  }
  const cells: Cell[] = []
  let until = 0
  for (const closed of [true, false]) {
    const side = [...people.values()]
      .map((person) => ({ own: person[`${closed}`], rarer: Math.min(person.true.length, person.false.length) + RARER_CLASS_PLUS }))
      .filter(({ own }) => own.length > 0)
      .map(({ own, rarer }) => ({ rows: own, weight: (drawBy === 'own-size' ? own.length : rarer) ** SIZE_POWER }))
    const whole = side.reduce((sum, cell) => sum + cell.weight, 0)
    for (const cell of side) {
      until += (0.5 * cell.weight) / whole
      cells.push({ closed, rows: cell.rows, until })
    }
  }
  return cells
}
