/**
 * Names of the files of evidence: an ordinal, when it was kept, the id of its incident. The ordinal gives the order, as a vehicle's clock may be wrong for
 * hours after a start, and file times with it; when it was kept is `unknown` until the clock is known to be right.
 */
export type Name = {
  /** From 1; rises with each record. */
  ordinal: number
  /** ms since 1970, whole seconds; null: the clock was not known to be right. */
  keptMs: number | null
  id: string
}

const NAME = /^(\d{8,15})_(\d{8}T\d{6}Z|unknown)_([0-9a-f-]{36})\.evidence$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

const compact = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

export const nameOf = ({ ordinal, keptMs, id }: Name): string =>
  `${String(ordinal).padStart(8, '0')}_${keptMs === null ? 'unknown' : compact(keptMs)}_${id}.evidence`

/** Null: this is no file of evidence. */
export function parseName(file: string): Name | null {
  const [, ordinal = '', kept = '', id = ''] = NAME.exec(file) ?? []
  if (id === '') return null
  const keptMs = Date.parse(kept.replace(COMPACT, '$1-$2-$3T$4:$5:$6Z'))
  return { ordinal: Number(ordinal), keptMs: Number.isNaN(keptMs) ? null : keptMs, id }
}
