/** Records as the daemon would make them, with pictures that are none. */
import { randomBytes } from 'node:crypto'
import type { Kept } from '../../daemon/evidence/record.js'

export const INCIDENT = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072'

export const sample = (change: Partial<Kept> = {}): Kept => ({
  ...{ id: INCIDENT, rule: 'microsleep', level: 2, at: '2026-11-28T09:00:00.000Z', clockSynced: true, simulated: false },
  pictures: [-500, 0, 500].map((atMs) => ({ atMs, jpeg: Buffer.from(`picture at ${atMs}`) })),
  ...change,
})

export const newKey = (): Buffer => randomBytes(32)

/** An id of its own for each n, such as an incident has. */
export const idOf = (n: number): string => `019ab1c2-3d4e-7000-9a1b-${String(n).padStart(12, '0')}`
