/** Where in the YAML a key or value stands. */
import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { Span } from './source.js'

export type Place = {
  /** The name before the colon; null at the top and in lists. */
  key: Span | null
  /** What stands behind it; null where nothing does. */
  value: Span | null
  /** False where the path itself is not in the file, and this is its nearest parent. */
  exact: boolean
}

/** The place of `path` in the document; of its nearest parent that is there, where it is not. Null only for an empty document. */
export const placeOf = (document: Document.Parsed, path: readonly PropertyKey[]): Place | null => {
  let node: Node | null = document.contents
  let place: Place | null = node === null ? null : { key: null, value: spanOf(node), exact: true }
  for (const step of path) {
    const target: Node | undefined = isAlias(node) ? node.resolve(document) : (node ?? undefined)
    if (isMap(target)) {
      // Of a key that is set twice the last holds, as in what the parser gives.
      const pair: Pair | undefined = target.items.findLast((item) => isPair(item) && keyText(item.key) === String(step))
      if (pair === undefined) return inexact(place)
      node = isNode(pair.value) ? pair.value : null
      place = { key: isNode(pair.key) ? spanOf(pair.key) : null, value: node === null ? null : spanOf(node), exact: true }
    } else if (isSeq(target)) {
      const item: unknown = target.items[Number(step)]
      if (!isNode(item)) return inexact(place)
      node = item
      place = { key: null, value: spanOf(item), exact: true }
    } else {
      return inexact(place)
    }
  }
  return place
}

/** The paths of the keys that stand more than once in their group. */
export const keysSetTwice = (document: Document.Parsed): string[] => {
  const below = (node: unknown, above: string): string[] => {
    if (!isMap(node)) return []
    const seen = new Set<string>()
    return node.items.flatMap(({ key, value }) => {
      const path = above === '' ? keyText(key) : `${above}.${keyText(key)}`
      const again = seen.has(path) ? [path] : []
      seen.add(path)
      return [...again, ...below(value, path)]
    })
  }
  return below(document.contents, '')
}

const inexact = (place: Place | null): Place | null => (place === null ? null : { ...place, exact: false })

const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key))

/** Trailing space and line ends do not belong to it. */
const spanOf = (node: Node): Span | null => {
  const range = node.range
  if (range === undefined || range === null) return null
  return { start: range[0], end: Math.max(range[0], range[1]) }
}
