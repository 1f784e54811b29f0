/** The text of a configuration, and the making of findings that point into it. */
import { LineCounter } from 'yaml'
import type { FindingCode } from './codes.js'
import type { Finding } from './finding.js'
import { maskSecrets } from './secrets.js'

/** Where in the text: offsets of its first character and of the one after its last. */
export type Span = { start: number; end: number }

export interface Source {
  readonly file: string
  /** The text with tabs in indentation written as two spaces: so that the rest can be checked in spite of them. Spans point into it. */
  readonly text: string
  /** Indentations that hold a tab. */
  readonly tabs: readonly Span[]
  /** The line (from 1) in which an offset lies. */
  lineOf(offset: number): number
  /** A finding at a span; without one, about the file as a whole. */
  finding(code: FindingCode, span: Span | null, message: string, path?: string): Finding
}

const warnings: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'no-settings',
  'empty-section',
  'login-unprotected',
  'fleet-file-missing',
  'evidence-file-missing',
  'risky',
])

export const createSource = (file: string, original: string): Source => {
  const originalLines = original.split('\n')
  const expandedLines = originalLines.map((line) => line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', '  ')))
  const text = expandedLines.join('\n')
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (const match of text.matchAll(/\n/g)) lines.addNewLine(match.index + 1)

  /** A place behind the last character (something is missing at the end) is shown at the end of the last line that holds anything. */
  const atText = (span: Span): Span => {
    const lastText = text.trimEnd().length
    return span.start >= lastText ? { start: lastText, end: lastText + 1 } : span
  }

  const tabs = originalLines.flatMap((line, i) => {
    const start = lines.lineStarts[i] ?? 0
    const indent = /^ *\t[ \t]*(?=[^\s#])/.exec(line)?.[0]
    return indent === undefined ? [] : [{ start, end: start + indent.length }]
  })

  return {
    file,
    text,
    tabs,
    lineOf: (offset) => lines.linePos(atText({ start: offset, end: offset }).start).line,
    finding(code, span, message, path = '') {
      const severity = warnings.has(code) ? 'warning' : 'error'
      if (span === null) return { code, severity, file, line: null, column: null, length: 0, message, path, lineText: null }
      const { start, end } = atText(span)
      const { line, col } = lines.linePos(start)
      const lineText = (originalLines[line - 1] ?? '').replace(/\r$/, '')
      const column = Math.max(1, col - ((expandedLines[line - 1]?.length ?? 0) - (originalLines[line - 1]?.length ?? 0)))
      const length = Math.max(1, Math.min(end - start, lineText.length - column + 1))
      return { code, severity, file, line, column, length, message, path, lineText: maskSecrets(lineText) }
    },
  }
}
