/** What is found, row by row: printed at once as a table, and kept for the JSON. */
import { writeFileSync } from 'node:fs'

export type Row = { what: string; held: boolean; found: string }

export interface Findings {
  readonly rows: readonly Row[]
  /** Figures for the JSON, by name. */
  readonly figures: Record<string, unknown>
  row(what: string, held: boolean, found?: string): void
  /** @returns exit code: 1 where a row does not hold */
  end(file: string): number
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export const createFindings = (print: (line: string) => void): Findings => {
  const rows: Row[] = []
  const figures: Record<string, unknown> = {}
  print('| what | holds | found |\n|---|---|---|')
  return {
    rows,
    figures,
    row(what, held, found = '') {
      rows.push({ what, held, found })
      print(`| ${what} | ${held ? 'yes' : 'NO'} | ${found} |`)
    },
    end(file) {
      writeFileSync(file, `${JSON.stringify({ figures, rows }, null, 2)}\n`)
      print(`\n${rows.filter(({ held }) => held).length} of ${rows.length} hold; ${file}`)
      return rows.every(({ held }) => held) ? 0 : 1
    },
  }
}
