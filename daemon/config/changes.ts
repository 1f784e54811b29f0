/** What differs between two configurations, and which of it may be changed from afar. Pure. */
import { isDeepStrictEqual } from 'node:util'
import { configKeys } from './keys.js'
import type { Config } from './schema.js'
import { valueAt } from './values.js'

export type Change = { path: string; from: unknown; to: unknown }

/** The keys whose values differ, in the order of the schema. */
export const changesBetween = (from: Config, to: Config): Change[] =>
  configKeys()
    .filter(({ section }) => !section)
    .map(({ path }) => ({ path, from: valueAt(from, path.split('.')), to: valueAt(to, path.split('.')) }))
    .filter((change) => !isDeepStrictEqual(change.from, change.to))

// Whoever may unlock may do everything: these two are for hands in the vehicle alone.
const ALWAYS_LOCKED = ['fleet.remote', 'fleet.commands']

/** What is locked: as configured, and what always is. */
export const locksOf = (config: Config): string[] => [...new Set([...config.fleet.remote.locked, ...ALWAYS_LOCKED])]

/** The lock that holds a key or a section, or null. A lock on a part of a section holds the section as a whole too. */
export const lockOn = (path: string, locks: readonly string[]): string | null =>
  locks.find((lock) => path === lock || path.startsWith(`${lock}.`) || lock.startsWith(`${path}.`)) ?? null
