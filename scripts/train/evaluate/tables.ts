/** Figures as the tables of the model card (Markdown). */
import { accuracy, balancedAccuracy, calibrationError, confusion, type Judged } from './scores.js'

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

export const confusionTable = (judged: readonly Judged[]): string => {
  const counts = confusion(judged)
  return [
    '| | judged closed | judged open | unseen |',
    '|---|---|---|---|',
    `| closed | ${counts.closedAsClosed} | ${counts.closedAsOpen} | ${counts.closedAsUnseen} |`,
    `| open | ${counts.openAsClosed} | ${counts.openAsOpen} | ${counts.openAsUnseen} |`,
  ].join('\n')
}

/** One row a slice: how many, how many right, how closed and open fare alone. */
export const sliceTable = (what: string, slices: readonly { name: string; judged: readonly Judged[] }[]): string => {
  const share = (judged: readonly Judged[], closed: boolean): string => {
    const one = judged.filter((each) => each.closed === closed)
    return one.length === 0 ? '–' : percent(accuracy(one))
  }
  const rows = slices
    .filter(({ judged }) => judged.length > 0)
    .map(
      ({ name, judged }) =>
        `| ${name} | ${judged.length} | ${percent(accuracy(judged))} | ${share(judged, true)} | ${share(judged, false)} |`,
    )
  return [`| ${what} | crops | right | of the closed | of the open |`, '|---|---|---|---|---|', ...rows].join('\n')
}

export const summary = (judged: readonly Judged[]): string =>
  `${percent(accuracy(judged))} of ${judged.length} right, balanced ${percent(balancedAccuracy(judged))}, calibration error (ECE, 15 bins) ` +
  calibrationError(judged).toFixed(4)
