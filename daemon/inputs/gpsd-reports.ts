/** What gpsd says, line by line (gpsd_json(5)). Pure. */
import { z } from 'zod'
import type { Position } from './messages.js'

/** What is asked for right after connecting: reports as JSON, as they come. */
export const WATCH = '?WATCH={"enable":true,"json":true};\n'

const report = z.looseObject({ class: z.string() })
const fix = z.looseObject({
  // 0 unknown, 1 no fix, 2 and 3 a fix in two or three dimensions
  mode: z.int().min(2).max(3),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})

/** `fix`: where the receiver is, null when it does not know · `other`: says nothing of the position · `strange`: this is not gpsd. */
export type Report = { kind: 'fix'; position: Position | null } | { kind: 'other' } | { kind: 'strange' }

/** Total. */
export const reportIn = (line: string): Report => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { kind: 'strange' }
  }
  const parsed = report.safeParse(value)
  if (!parsed.success) return { kind: 'strange' }
  if (parsed.data.class !== 'TPV') return { kind: 'other' }
  const { data } = fix.safeParse(value)
  return { kind: 'fix', position: data === undefined ? null : { latitude: data.lat, longitude: data.lon } }
}
