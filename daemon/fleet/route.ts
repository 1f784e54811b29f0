/** Which broker is tried next, in which version of MQTT, and how long to wait before it. Pure. */
import { backoffMs, type Retry } from './backoff.js'
import type { Version } from './link-options.js'

export type Attempt = { url: string; version: Version }

export interface Route {
  /** What to try now. */
  readonly attempt: Attempt
  /** The first broker, in the version it took last. */
  readonly home: Attempt
  /** True while `attempt` is at the first broker. */
  readonly isHome: boolean
  /** How many connections in a row were accepted and lost again soon. */
  readonly shortLived: number
  /**
   * `attempt` was not accepted: the next is the other version there, then the next broker, then the first again.
   * @param refusesVersion whether the broker said, or by hanging up let on, that it does not know this version
   * @returns how many ms to wait; 0: none
   */
  failed(refusesVersion: boolean): number
  /** The first broker, asked while another one served, did not accept: in which version it is asked next may change. */
  homeFailed(refusesVersion: boolean): void
  /** A connection stands, at `attempt` or at `home`. */
  up(at: Attempt): void
  /** It was lost after so many ms. @returns how many ms to wait */
  lost(lastedMs: number): number
}

// A connection that lasts so long was a good one: what went wrong before it is history. Own choice: longer than a broker takes to
// put out one of two clients of the same name.
const GOOD_AFTER_MS = 10_000

/**
 * Begins at the first broker with MQTT 5; what a broker was found to take is remembered.
 * @param urls at least one, the first the one to be at
 * @param chance 0..1, spreads the waits
 */
export const createRoute = (urls: readonly [string, ...string[]], retry: Retry, chance: () => number): Route => {
  const versions = new Map<string, Version>()
  let index = 0
  let triedBoth = false
  let failures = 0
  let shortLived = 0

  const at = (url: string): Attempt => ({ url, version: versions.get(url) ?? 5 })
  const current = (): Attempt => at(urls[index] ?? urls[0])
  const switchVersion = ({ url, version }: Attempt): void => void versions.set(url, version === 5 ? 4 : 5)
  const turnTo = (next: number): void => {
    index = next % urls.length
    triedBoth = false
  }
  const wait = (): number => {
    failures += 1
    return backoffMs(failures, retry, chance())
  }

  return {
    get attempt() {
      return current()
    },
    get home() {
      return at(urls[0])
    },
    get isHome() {
      return index === 0
    },
    get shortLived() {
      return shortLived
    },
    failed: (refusesVersion) => {
      if (refusesVersion) switchVersion(current())
      if (refusesVersion && !triedBoth) {
        triedBoth = true
        return 0
      }
      turnTo(index + 1)
      // One round of all brokers, then a pause: a vehicle without a network finds none of them.
      return index === 0 ? wait() : 0
    },
    homeFailed: (refusesVersion) => {
      if (refusesVersion) switchVersion(at(urls[0]))
    },
    up: ({ url }) => turnTo(Math.max(0, urls.indexOf(url))),
    lost: (lastedMs) => {
      const wasGood = lastedMs >= GOOD_AFTER_MS
      shortLived = wasGood ? 0 : shortLived + 1
      if (wasGood) failures = 0
      // One that accepts and hangs up again and again would keep us from the others.
      turnTo(wasGood ? 0 : index + 1)
      return wait()
    },
  }
}
