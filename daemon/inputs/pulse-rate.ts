/** From pulses to a speed, and to "unknown" where their silence cannot be a standstill. Pure. */

export interface PulseRate {
  /** One pulse, ms; times rise. */
  pulse(atMs: number): void
  /** km/h; null before the first pulses, when they ceased as no vehicle can brake, and when they have been absent for too long. */
  read(nowMs: number): number | null
}

// Own: long enough that one pulse more or less is little at 20 km/h, short enough to follow hard braking.
const MEASURE_MS = 500
// Dry tyres on a dry road brake with about 1 g at most (ECE R13-H asks for 0.65): a vehicle rolls at least so far before it stands.
const HARDEST_BRAKING_MS2 = 10
// Own: as many pulses in a row may be lost to a busy processor before a cut wire is the better explanation.
const LOST_PULSES = 3
// Own: without a pulse for so long, "slower than one pulse in this time" is called a standstill.
const STANDING_AFTER_MS = 3000
// Own: a red light is over by then. A wire that broke while the vehicle stood must not keep it silent for the whole trip.
const STANDING_UNTIL_MS = 180_000

const MS_PER_HOUR = 3_600_000

/** @param perKm pulses in a kilometre */
export const createPulseRate = (perKm: number): PulseRate => {
  let lastMs: number | null = null
  let baseMs = 0
  let counted = 0
  let measuredKmh: number | null = null

  const kmhOf = (pulses: number, ms: number): number => (pulses / perKm) * (MS_PER_HOUR / ms)

  /** How many pulses must have come after the last one, however hard the driver brakes. */
  function leastPulses(kmh: number, silentMs: number): number {
    const metresPerSecond = kmh / 3.6
    const seconds = Math.min(silentMs / 1000, metresPerSecond / HARDEST_BRAKING_MS2)
    const metres = metresPerSecond * seconds - (HARDEST_BRAKING_MS2 * seconds ** 2) / 2
    return (metres * perKm) / 1000
  }

  return {
    pulse(atMs) {
      if (lastMs === null || atMs - lastMs >= STANDING_AFTER_MS) {
        // What came before the pause says nothing about how fast it is now.
        baseMs = atMs
        counted = 0
        measuredKmh = null
      } else {
        counted += 1
      }
      lastMs = atMs
      if (atMs - baseMs < MEASURE_MS) return
      measuredKmh = kmhOf(counted, atMs - baseMs)
      baseMs = atMs
      counted = 0
    },
    read(nowMs) {
      if (lastMs === null) return null
      const silentMs = nowMs - lastMs
      if (silentMs >= STANDING_UNTIL_MS) return null
      const newestKmh = counted > 0 ? kmhOf(counted, lastMs - baseMs) : measuredKmh
      if (newestKmh !== null && leastPulses(newestKmh, silentMs) >= LOST_PULSES) return null
      if (silentMs >= STANDING_AFTER_MS) return 0
      if (newestKmh === null) return null
      // Since the last pulse it cannot have become slower than by braking so hard, nor faster than one pulse in that time.
      const slowestKmh = newestKmh - (HARDEST_BRAKING_MS2 * 3.6 * silentMs) / 1000
      return Math.max(slowestKmh, Math.min(measuredKmh ?? newestKmh, kmhOf(1, Math.max(silentMs, 1))))
    },
  }
}
