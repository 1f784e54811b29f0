/** What is wrong with references (`*name`) that cannot be followed. */
import { type Alias, type Document, visit } from 'yaml'
import { reasonOf } from '../reason-of.js'
import type { Finding } from './finding.js'
import type { Source } from './source.js'

/** Each that refers to nothing, at its place; or, where there are too many, that, at the first. @param error what following them threw */
export const referenceFindings = (source: Source, document: Document.Parsed, error: unknown): Finding[] => {
  const all: Alias[] = []
  visit(document, { Alias: (_, alias) => void all.push(alias) })
  const spanOf = ({ range }: Alias) => (range ? { start: range[0], end: range[1] } : null)
  const lost = all.filter((alias) => alias.resolve(document) === undefined)
  if (lost.length > 0)
    return lost.map((alias) =>
      source.finding(
        'yaml-syntax',
        spanOf(alias),
        `*${alias.source} refers to &${alias.source}, which stands nowhere above it; write the value itself`,
      ),
    )
  const [first] = all
  const why = reasonOf(error)
  return [
    source.finding(
      'yaml-syntax',
      first ? spanOf(first) : null,
      `references (*name) lead to too much; write the values themselves (${why})`,
    ),
  ]
}
