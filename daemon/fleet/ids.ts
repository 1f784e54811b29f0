/** Where ids of events and incidents come from: chance in a vehicle, the ordinal in a recording. */
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'

/** Both give UUIDv7. `wallMs` is ms since 1970, whole or not. */
export interface Ids {
  event(seq: number, wallMs: number): string
  incident(n: number, wallMs: number): string
}

// 48 bits of a UUIDv7 are the time (RFC 9562, 5.7).
const MSECS_MAX = 2 ** 48 - 1
const msecs = (ms: number): number => (Number.isFinite(ms) ? Math.min(MSECS_MAX, Math.max(0, Math.floor(ms))) : 0)

/** Ids of a vehicle: time and chance. */
export const liveIds = (): Ids => ({
  event: (_seq, wallMs) => v7({ msecs: msecs(wallMs) }),
  incident: (_n, wallMs) => v7({ msecs: msecs(wallMs) }),
})

/**
 * Ids of a recording: the same ordinal gives the same id in every run, and nothing else counts; so a video, and the log of its observations under any
 * name, give the same events byte for byte.
 */
export const replayIds = (): Ids => {
  const derive = (kind: string, ordinal: number): string =>
    v7({ msecs: msecs(ordinal), random: createHash('sha256').update(`${kind}\n${ordinal}`).digest() })
  return { event: (seq) => derive('event', seq), incident: (n) => derive('incident', n) }
}
