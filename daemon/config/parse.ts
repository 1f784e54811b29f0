/** Text → YAML document, with every fault of the YAML itself in a technician's words. */
import { type Document, type ErrorCode, parseDocument, visit, type YAMLError } from 'yaml'
import type { Finding } from './finding.js'
import type { Source, Span } from './source.js'

export type Parsed = { document: Document.Parsed | null; findings: Finding[]; faults: Span[] }

/** Our keys nest four deep. What nests deeper is not a configuration, and the parser takes minutes for some of it. */
const DEEPEST = 20
const WIDEST_INDENT = 80

/** What is usually wrong where the parser stumbles. */
const hints: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'a bracket or quote is not closed, or the next line is not indented far enough',
  BAD_SCALAR_START: 'a value that begins with this character goes into quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'this line is indented differently from its neighbours, or it holds a second “: ”; text that holds a colon goes into quotes',
  MISSING_CHAR: 'something is missing: a closing quote, or the colon and space after a name (name: value)',
  MULTILINE_IMPLICIT_KEY: 'every line is “name: value”, with a colon and a space; neighbours are indented alike',
  MULTIPLE_DOCS: '“---” begins a second document; one file holds one configuration',
  NON_STRING_KEY: 'a name is a plain word',
  RESOURCE_EXHAUSTION: 'too deeply nested',
  UNEXPECTED_TOKEN: 'this does not belong here; often this line, or the one above, is indented differently from its neighbours',
}

/** Never throws. `faults` are the places of the findings: what lies there is not worth checking further. */
export const parseYaml = (source: Source): Parsed => {
  const tooDeep = tooDeepAt(source.text)
  if (tooDeep !== null) {
    const finding = source.finding('too-deep', tooDeep, `settings nest at most ${DEEPEST} deep; this is not a configuration of kantukd`)
    return { document: null, findings: [finding], faults: [tooDeep] }
  }
  const document = parseDocument(source.text, { prettyErrors: false, stringKeys: true, logLevel: 'error' })
  const { tabs } = source
  const faults = [...tabs]
  const findings = tabs.map((tab) =>
    source.finding('tab-indent', tab, 'a tab indents this line; YAML takes only spaces: put two spaces for each step'),
  )
  const faultyLines = new Set(tabs.map((tab) => source.lineOf(tab.start)))
  for (const error of [...document.errors, ...document.warnings]) {
    const span = spanOfError(source.text, document, error)
    faults.push(span)
    // one cause, one finding: the parser often stumbles twice over the same line
    if (faultyLines.has(source.lineOf(span.start))) continue
    faultyLines.add(source.lineOf(span.start))
    findings.push(yamlFinding(source, error, span))
  }
  return { document, findings, faults }
}

const yamlFinding = (source: Source, error: YAMLError, span: Span): Finding => {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^\s:]+/.exec(source.text.slice(span.start))?.[0] ?? 'a key'
    return source.finding(
      'duplicate-key',
      { start: span.start, end: span.start + Math.max(1, key.length) },
      `${key} is set twice in the same group; keep one`,
    )
  }
  if (error.message.includes('same column')) {
    return source.finding(
      'yaml-syntax',
      span,
      'this line is indented differently from its neighbours; give all keys of a group the same indentation',
    )
  }
  return source.finding('yaml-syntax', span, `${hints[error.code] ?? 'this is not YAML'} (${error.message})`)
}

/** The parser puts some faults elsewhere than where a person looks for them. */
const spanOfError = (text: string, document: Document.Parsed, { code, message, pos: [start, end] }: YAMLError): Span => {
  if (code === 'DUPLICATE_KEY') {
    // right behind the value before: what is meant begins after blanks and comments
    const skipped = /^(?:\s|#.*)*/.exec(text.slice(start))?.[0].length ?? 0
    return { start: start + skipped, end: Math.max(end, start + skipped + 1) }
  }
  if (message.startsWith('Missing closing')) {
    // at the end of the file: what is meant is the quote that was opened
    let opened: Span | null = null
    visit(document, {
      Scalar: (_, { range }) => {
        if (range !== undefined && range !== null && range[0] < start && range[1] >= start) opened = { start: range[0], end: range[0] + 1 }
      },
    })
    return opened ?? { start, end }
  }
  return { start, end }
}

const tooDeepAt = (text: string): Span | null => {
  let offset = 0
  let open = 0
  for (const line of text.split('\n')) {
    const content = line.trimStart()
    const indent = line.length - content.length
    if (content !== '' && !content.startsWith('#')) {
      const markers = /^(?:[-?:]\s+)+/.exec(content)?.[0].split(/\s+/).length ?? 0
      open += count(line, /[[{]/g) - count(line, /[\]}]/g)
      if (indent > WIDEST_INDENT || markers > DEEPEST || count(line, /[[{]/g) > DEEPEST || open > DEEPEST) {
        return { start: offset + indent, end: offset + line.length }
      }
    }
    offset += line.length + 1
  }
  return null
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0
