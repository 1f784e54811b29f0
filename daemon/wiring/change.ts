/** Takes up a changed configuration while the daemon runs: only what a change concerns is begun anew, and all of it or nothing. */
import { type Config, changesBetween } from '../config/index.js'
import { reasonOf } from '../reason-of.js'
import { ChangeError, type Plan } from '../remote/run.js'

/** One part of the daemon, which takes up its settings by itself. */
export type Part = {
  /** What is begun anew, for a sentence; null: it goes on with the new settings. */
  anew: string | null
  /** The keys, or sections with all of theirs, that concern it with this configuration. */
  keys(config: Config): readonly string[]
  /** While it is begun anew nobody is watched or warned: not while a warning stands. */
  isWatch: boolean
  /** Rejects where it cannot, and has then gone back by itself. */
  take(config: Config): void | Promise<void>
}

/** What everything is told by or kept under: the daemon as a whole is begun anew, but for the eyes. */
export const WHOLE = ['vehicle', 'state', 'record', 'fleet.outbox'] as const

/** What is looked up each time it is needed. */
export const READ_EACH_TIME = ['aim', 'fleet.commands', 'fleet.remote', 'fleet.homeAssistant'] as const

const isAmong = (path: string, keys: readonly string[]): boolean => keys.some((key) => path === key || path.startsWith(`${key}.`))

/** @param parts in the order in which they take it up: those that may refuse first */
export const planChange = (parts: readonly Part[], from: Config, to: Config): Plan => {
  const paths = changesBetween(from, to).map(({ path }) => path)
  const isWhole = paths.some((path) => isAmong(path, WHOLE))
  const concerned = parts.filter((part) => paths.some((path) => isAmong(path, [...part.keys(from), ...part.keys(to)])))
  return {
    paths,
    isWhole,
    isWatch: isWhole || concerned.some((part) => part.isWatch),
    anew: isWhole ? ['the service within its program'] : concerned.flatMap(({ anew }) => anew ?? []),
    async carryOut() {
      const taken: Part[] = []
      for (const part of concerned) {
        try {
          await part.take(to)
        } catch (fault) {
          for (const earlier of taken.reverse()) await earlier.take(from)
          throw new ChangeError(reasonOf(fault), { cause: fault })
        }
        taken.push(part)
      }
    },
  }
}
