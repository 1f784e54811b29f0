/** What is found, row by row: printed at once as a table, and kept for the JSON. */
import { writeFileSync } from 'node:fs'

export type Row = { what: string; held: boolean; found: string }

/** What was found by then: of a run that was ended, too. */
export type Found = { readonly rows: readonly Row[]; readonly figures: Readonly<Record<string, unknown>> }

export interface Findings extends Found {
  /** Figures for the JSON, by name. */
  readonly figures: Record<string, unknown>
  row(what: string, held: boolean, found?: string): void
  /** @returns exit code: 1 where a row does not hold */
  end(file: string): number
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

const lineOf = ({ what, held, found }: Row): string => `| ${what} | ${held ? 'yes' : 'NO'} | ${found} |`

/** @param earlier what the run that this one goes on with had found: in the table, the JSON and the exit code as its own */
export const createFindings = (print: (line: string) => void, earlier: Found = { rows: [], figures: {} }): Findings => {
  const rows = [...earlier.rows]
  const figures = { ...earlier.figures }
  print('| what | holds | found |\n|---|---|---|')
  for (const row of rows) print(lineOf(row))
  return {
    rows,
    figures,
    row(what, held, found = '') {
      const row = { what, held, found }
      rows.push(row)
      print(lineOf(row))
    },
    end(file) {
      writeFileSync(file, `${JSON.stringify({ figures, rows }, null, 2)}\n`)
      print(`\n${rows.filter(({ held }) => held).length} of ${rows.length} hold; ${file}`)
      return rows.every(({ held }) => held) ? 0 : 1
    },
  }
}
