/** The few shapes of SVG that a timeline needs. Coordinates are px. */

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const px = (value: number): string => String(Math.round(value * 10) / 10)

export const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="${fill}"/>`

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, dashes = ''): string =>
  `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${stroke}"${dashes === '' ? '' : ` stroke-dasharray="${dashes}"`}/>`

export const text = (
  x: number,
  y: number,
  words: string,
  options: { anchor?: 'start' | 'middle' | 'end'; fill?: string; size?: number } = {},
) => {
  const { anchor = 'start', fill = '#333', size = 12 } = options
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" fill="${fill}" font-size="${size}">${escaped(words)}</text>`
}

export const path = (points: readonly (readonly [number, number])[], stroke: string, fill = 'none'): string =>
  points.length === 0
    ? ''
    : `<path d="M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join('L')}" stroke="${stroke}" stroke-width="1.5" fill="${fill}"/>`

export const document = (width: number, height: number, title: string, shapes: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    rect(0, 0, width, height, '#ffffff'),
    ...shapes.filter((shape) => shape !== ''),
    '</svg>',
    '',
  ].join('\n')
