/** What every payload shares. */
import { z } from 'zod'

/** Version of a payload's shape, the `schema` of each. It rises when a field goes or changes its meaning; optional ones may come. */
export const SCHEMA = 1

/** RFC 3339 in UTC, to the millisecond. */
export const timestamp = z.iso.datetime().describe('RFC 3339, UTC')

export const share = z.number().min(0).max(1)

/** Only ever present as `true`: eyes out of a recording or a script, not of a driver. */
export const simulated = z.exactOptional(z.literal(true)).describe('present when the eyes come from a recording or a script')

/** Milliseconds since 1970 as RFC 3339; a time that is no time becomes 1970 (a clock at fault must not cost an alert). */
export const rfc3339 = (wallMs: number): string => {
  // ECMAScript's range of times: 8.64e15 ms either side of 1970.
  const usable = Number.isFinite(wallMs) && Math.abs(wallMs) < 8.64e15
  return new Date(usable ? wallMs : 0).toISOString()
}
