/** Confusion matrix and receiver's curve as one SVG picture, without any library. */
import type { Roc } from './roc.js'
import { type Confusion, confusion, type Judged } from './scores.js'

const CELL = 110
const LEFT = 90
const TOP = 60
const PLOT = 260
const PLOT_LEFT = 520

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const text = (x: number, y: number, content: string, anchor = 'middle', size = 13): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}">${escaped(content)}</text>`

const COLUMNS = ['Closed', 'Open', 'Unseen'] as const
const ROWS = ['closed', 'open'] as const

const matrix = (counts: Confusion): string => {
  const cells = ROWS.flatMap((row, y) => {
    const whole = COLUMNS.reduce((sum, column) => sum + counts[`${row}As${column}`], 0)
    return COLUMNS.map((column, x) => {
      const count = counts[`${row}As${column}`]
      const share = whole === 0 ? 0 : count / whole
      const right = row === column.toLowerCase()
      const [left, top] = [LEFT + x * CELL, TOP + y * CELL]
      const fill = right ? `rgba(40,130,80,${(0.1 + 0.7 * share).toFixed(3)})` : `rgba(200,60,40,${Math.min(0.8, 4 * share).toFixed(3)})`
      return (
        `<rect x="${left}" y="${top}" width="${CELL}" height="${CELL}" fill="${fill}" stroke="#888"/>` +
        text(left + CELL / 2, top + CELL / 2, String(count), 'middle', 18) +
        text(left + CELL / 2, top + CELL / 2 + 22, `${(100 * share).toFixed(2)} %`)
      )
    })
  })
  const heads = COLUMNS.map((column, x) => text(LEFT + (x + 0.5) * CELL, TOP - 10, `judged ${column.toLowerCase()}`))
  const sides = ROWS.map((row, y) => text(LEFT - 10, TOP + (y + 0.5) * CELL, row, 'end'))
  return [...cells, ...heads, ...sides].join('\n')
}

// Own: the corner that matters; the rest of the curve is flat.
const RATE_SHOWN = 0.2

const curve = ({ points, area, best }: Roc): string => {
  const x = (rate: number): number => PLOT_LEFT + (Math.min(rate, RATE_SHOWN) / RATE_SHOWN) * PLOT
  const y = (rate: number): number => TOP + PLOT * (1 - (Math.max(rate, 1 - RATE_SHOWN) - (1 - RATE_SHOWN)) / RATE_SHOWN)
  const path = points.map((point) => `${x(point.falsePositiveRate).toFixed(1)},${y(point.truePositiveRate).toFixed(1)}`).join(' ')
  return [
    `<rect x="${PLOT_LEFT}" y="${TOP}" width="${PLOT}" height="${PLOT}" fill="none" stroke="#888"/>`,
    `<polyline points="${path}" fill="none" stroke="#286" stroke-width="2"/>`,
    `<circle cx="${x(best.falsePositiveRate)}" cy="${y(best.truePositiveRate)}" r="4" fill="#c42"/>`,
    text(PLOT_LEFT + PLOT / 2, TOP - 10, `area ${area.toFixed(4)}; rates furthest apart at ${best.threshold.toFixed(2)}`),
    text(PLOT_LEFT + PLOT / 2, TOP + PLOT + 22, `open called closed, 0 to ${100 * RATE_SHOWN} %`),
    text(PLOT_LEFT - 8, TOP + 10, '100 %', 'end'),
    text(PLOT_LEFT - 8, TOP + PLOT, `${100 * (1 - RATE_SHOWN)} %`, 'end'),
    text(PLOT_LEFT - 8, TOP + PLOT / 2, 'closed found', 'end'),
  ].join('\n')
}

/** The picture's text. Without `curve` (one class only) the matrix stands alone. */
export const picture = (title: string, judged: readonly Judged[], found: Roc | null): string =>
  [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 360" font-family="sans-serif">',
    '<rect width="820" height="360" fill="white"/>',
    text(20, 26, title, 'start', 16),
    matrix(confusion(judged)),
    found === null ? '' : curve(found),
    '</svg>',
    '',
  ].join('\n')
