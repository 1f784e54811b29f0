/** The parsed values before the schema sees them: read, taken out, taken out where faulty. */
import type { z } from 'zod'
import { configKeys } from './keys.js'
import { type Config, configSchema } from './schema.js'
import { suggestKey } from './suggest.js'

/** The value at a path; undefined where there is none. */
export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : Array.isArray(value) ? value[Number(step)] : undefined),
    data,
  )

/** Takes out a key, so that the schema gives its default; for an entry of a list, the list. */
export const removeAt = (data: unknown, path: readonly PropertyKey[]): void => {
  const parent = valueAt(data, path.slice(0, -1))
  const last = path.at(-1)
  if (Array.isArray(parent)) removeAt(data, path.slice(0, -1))
  if (isRecord(parent) && last !== undefined) delete parent[last]
}

/** The configuration as it would be without its faulty keys, so that the others can be compared; null if that does not help. */
export const withoutFaulty = (data: unknown, issues: readonly z.core.$ZodIssue[]): Config | null => {
  const rest: unknown = structuredClone(data)
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) removeAt(rest, [...issue.path, key])
    else removeAt(rest, issue.path)
  }
  const result = configSchema.safeParse(rest)
  return result.success ? result.data : null
}

// Own: as issues.ts, which suggests no more.
const MOST_MEANT = 50

/** Keys that are likely to be meant by misspelt ones, and do not stand there under their own name. */
export const keysMeant = (data: unknown, issues: readonly z.core.$ZodIssue[]): string[] => {
  const keys = configKeys()
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return []
    const section = issue.path.map(String).join('.')
    const meant = issue.keys.slice(0, MOST_MEANT).map((name) => suggestKey(name, section, keys))
    return meant.filter((path): path is string => path !== null && valueAt(data, path.split('.')) === undefined)
  })
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
