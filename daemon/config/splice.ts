/** Writes values into a YAML text in place: every other character stays as it is, which a document written anew does not promise. Pure. */
import { isDeepStrictEqual } from 'node:util'
import { isCollection, isMap, isPair, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml'

/** At `from` begins what goes, at `to` what stays. */
type Splice = { from: number; to: number; text: string }

/** Keys with their values, or with further keys. */
type Tree = Map<string, unknown>

/** A section in which keys are missing: where their lines go, how far in, and what they are. */
type Gap = { at: number; indent: number; keys: Tree }

const STYLE = { lineWidth: 0, flowCollectionPadding: false, blockQuote: false } as const

const written = (value: unknown): string => stringify(value, { ...STYLE, collectionStyle: 'flow' }).trimEnd()

const startOf = (node: unknown): number => (isCollection(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0)

/** Where the value ends; of a section, that of its last key. */
const endOf = (node: unknown): number => {
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined
  if (isPair(last)) return Math.max(endOf(last.key), endOf(last.value))
  if (last !== undefined) return endOf(last)
  return isCollection(node) || isScalar(node) ? (node.range?.[1] ?? 0) : 0
}

const lineEnd = (text: string, from: number): number => {
  if (text[from - 1] === '\n') return from
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end + 1
}

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

const pairOf = (map: YAMLMap, key: string | undefined): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)

const put = (keys: Tree, [step = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    keys.set(step, value)
    return
  }
  const stands = keys.get(step)
  const below: Tree = stands instanceof Map ? stands : new Map()
  keys.set(step, below)
  put(below, rest, value)
}

/**
 * @param text a configuration
 * @param values by the path of their key
 * @param wanted what the text must say then
 * @returns null where it cannot be done so: in flow style, by reference, or otherwise not as most files are written
 */
export const splice = (text: string, values: ReadonlyMap<string, unknown>, wanted: unknown): string | null => {
  const root = parseDocument(text, { stringKeys: true }).contents
  if (!isMap(root) || root.items.length === 0) return null
  const splices: Splice[] = []
  const gaps = new Map<unknown, Gap>()

  const place = (map: YAMLMap, steps: readonly string[], value: unknown): void => {
    const [step, ...rest] = steps
    const pair = pairOf(map, step)
    if (pair === undefined) {
      const gap = gaps.get(map) ?? { at: lineEnd(text, endOf(map)), indent: columnOf(text, startOf(map.items[0]?.key)), keys: new Map() }
      put(gap.keys, steps, value)
      gaps.set(map, gap)
    } else if (rest.length > 0 && isMap(pair.value)) place(pair.value, rest, value)
    else if (rest.length > 0) {
      const gap = gaps.get(pair) ?? { at: lineEnd(text, endOf(pair.key)), indent: columnOf(text, startOf(pair.key)) + 2, keys: new Map() }
      put(gap.keys, rest, value)
      gaps.set(pair, gap)
    } else {
      const [from, to] = [startOf(pair.value), endOf(pair.value)]
      splices.push({ from, to, text: `${/\s/.test(text[from - 1] ?? '') ? '' : ' '}${written(value)}` })
    }
  }

  for (const [path, value] of values) place(root, path.split('.'), value)
  for (const { at, indent, keys } of gaps.values()) {
    const lines = stringify(keys, STYLE).trimEnd().split('\n')
    const begun = at > 0 && text[at - 1] !== '\n' ? '\n' : ''
    splices.push({ from: at, to: at, text: `${begun}${lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('')}` })
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const edited = splices
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, text: put }) => done.slice(0, from) + put.replaceAll('\n', eol) + done.slice(to), text)
  const said = parseDocument(edited, { stringKeys: true })
  return said.errors.length === 0 && isDeepStrictEqual(said.toJS(), wanted) ? edited : null
}
