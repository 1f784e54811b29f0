/** One thing wrong with a configuration, and how it is shown. */
import type { FindingCode } from './codes.js'

export type Finding = {
  code: FindingCode
  severity: 'error' | 'warning'
  /** Name of the file as it was given. */
  file: string
  /** Counted from 1; null where the file as a whole is meant. */
  line: number | null
  column: number | null
  /** How many characters of the line are meant, from the column on. */
  length: number
  /** A sentence: what is wrong and what to do. */
  message: string
  /** The key, such as `alarm.buzzer.line`; empty where none is meant. */
  path: string
  /** The offending line, secrets masked; null where the file as a whole is meant. */
  lineText: string | null
}

/** Longest part of a line that is shown; a line of a binary file can be endless. */
const SHOWN_CHARS = 100
/** Findings shown one by one; what follows in a hopeless file helps nobody. */
const SHOWN_FINDINGS = 50

/** `file:line:column: error[code]: message`, then the line with a caret below the place. Several lines, no newline at the end. */
export const formatFinding = (finding: Finding): string => {
  const at = finding.line === null ? finding.file : `${finding.file}:${finding.line}:${finding.column ?? 1}`
  const head = `${at}: ${finding.severity}[${finding.code}]: ${finding.message}`
  return finding.lineText === null || finding.line === null
    ? head
    : `${head}\n${excerpt(finding.line, finding.column ?? 1, finding.length, finding.lineText)}`
}

/** All findings, and a last line that counts them. */
export const formatFindings = (findings: readonly Finding[]): string => {
  const shown = findings.slice(0, SHOWN_FINDINGS).map(formatFinding)
  if (findings.length > shown.length) shown.push(`… and ${findings.length - shown.length} more`)
  const errors = findings.filter((finding) => finding.severity === 'error').length
  return [...shown, `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`].join('\n')
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

const excerpt = (line: number, column: number, length: number, text: string): string => {
  const from = column > SHOWN_CHARS - 20 ? column - 20 : 0
  // one column a character: tabs and control characters (which could also play tricks with a terminal) become spaces
  const shown = text
    .slice(from, from + SHOWN_CHARS)
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trimEnd()
  const start = column - 1 - from
  const marks = '^'.repeat(Math.max(1, Math.min(length, shown.length - start)))
  const gutter = String(line)
  return `  ${gutter} | ${shown}\n  ${' '.repeat(gutter.length)} | ${' '.repeat(start)}${marks}`
}

/** What is said of keys that are each right. `involves`: all that take part. */
export type Conflict = { code: FindingCode; path: readonly string[]; involves: readonly string[]; message: string }
