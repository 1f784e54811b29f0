/** How often which crops are drawn for training. */

/** Crops of one person and class, drawn when a uniform number falls below `until` and not below the cell's before. */
export type Cell = { closed: boolean; rows: number[]; until: number }

type Labelled = { subject: string; closed: boolean }

// Own: a person's look must not tell the label. Eight people of the set are closed and nearly never open; drawn by their numbers,
// they teach that dark pictures of such faces are closed. So a person counts by the root of their rarer class, plus a little.
// Own: between "every picture alike" (1), where four people are half the set, and "every person alike" (0).
const PERSON_POWER = 0.5

/**
 * The rows by person and class; a person's two cells are drawn equally often, and closed and open get half of the draws each.
 * `rarerClassPlus` crops are added to a person's rarer class: the more, the more often people of one class are drawn.
 */
export const cellsOf = (crops: readonly Labelled[], rows: readonly number[], rarerClassPlus: number): Cell[] => {
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
      .map((person) => ({
        rows: person[`${closed}`],
        weight: (Math.min(person.true.length, person.false.length) + rarerClassPlus) ** PERSON_POWER,
      }))
      .filter((cell) => cell.rows.length > 0)
    const whole = side.reduce((sum, cell) => sum + cell.weight, 0)
    for (const cell of side) {
      until += (0.5 * cell.weight) / whole
      cells.push({ closed, rows: cell.rows, until })
    }
  }
  return cells
}
