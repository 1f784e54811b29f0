/** When within the time between two beats a vehicle speaks: a whole fleet must not do it in the same second. */
import { createHash } from 'node:crypto'

/** 0 to just under 1: always the same for one vehicle, spread evenly over a fleet. */
export const phaseOf = (fleet: string, vehicle: string): number =>
  createHash('sha256').update(`${fleet}/${vehicle}`).digest().readUInt32BE(0) / 2 ** 32
