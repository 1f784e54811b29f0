import { describe, expect, it } from 'vitest'
import { createPulseRate, type PulseRate } from '../../daemon/inputs/pulse-rate.js'

const PER_KM = 8000

/** Drives with the speed that `kmhAt` gives for each moment, 1 ms a step; tells every read to `look`. */
function drive(rate: PulseRate, fromMs: number, toMs: number, kmhAt: (ms: number) => number, look?: (ms: number) => void, perKm = PER_KM) {
  let pulses = 0
  for (let ms = fromMs; ms < toMs; ms++) {
    pulses += (kmhAt(ms) * perKm) / 3_600_000
    if (pulses >= 1) {
      pulses -= 1
      rate.pulse(ms)
    }
    look?.(ms)
  }
}

describe('a speed by pulses', () => {
  it.each([5, 20, 50, 90, 130])('of %i km/h is measured within 3 %%', (kmh) => {
    const rate = createPulseRate(PER_KM)
    drive(rate, 0, 3000, () => kmh)
    expect(Math.abs((rate.read(3000) ?? 0) - kmh) / kmh).toBeLessThan(0.03)
  })

  it('is unknown before the first pulse: a wire that was never there is no standstill', () => {
    const rate = createPulseRate(PER_KM)
    expect([rate.read(0), rate.read(60_000)]).toEqual([null, null])
  })

  it.each([3, 6])('braked to a stop with %i m/s² falls to 0, and is never unknown on the way for longer than a second', (braking) => {
    const rate = createPulseRate(PER_KM)
    let unknownMs = 0
    drive(
      rate,
      0,
      20_000,
      (ms) => Math.max(0, 60 - (Math.max(0, ms - 3000) / 1000) * braking * 3.6),
      (ms) => {
        if (ms > 1000 && rate.read(ms) === null) unknownMs += 1
      },
    )
    expect(rate.read(20_000)).toBe(0)
    expect(unknownMs).toBeLessThan(1000)
  })

  it.each([30, 80])('that ceases at %i km/h, as by a cut wire, is unknown within a fifth of a second and stays so', (kmh) => {
    const rate = createPulseRate(PER_KM)
    drive(rate, 0, 3000, () => kmh)
    for (const afterMs of [200, 1000, 5000, 60_000]) expect(rate.read(3000 + afterMs)).toBeNull()
  })

  it('is never told as less than half of what it was on the way to that', () => {
    const rate = createPulseRate(PER_KM)
    drive(rate, 0, 3000, () => 80)
    for (let ms = 3000; ms < 3020; ms++) expect(rate.read(ms) ?? 80).toBeGreaterThan(40)
  })

  it('comes back with the pulses after a cut', () => {
    const rate = createPulseRate(PER_KM)
    drive(rate, 0, 3000, () => 80)
    drive(rate, 10_000, 12_000, () => 80)
    expect(rate.read(12_000)).toBeCloseTo(80, -1)
  })

  it('of a vehicle that stands is 0 for three minutes, and then unknown: the wire may have broken meanwhile', () => {
    const rate = createPulseRate(PER_KM)
    drive(rate, 0, 3000, () => 4)
    expect([rate.read(3000 + 4000), rate.read(3000 + 179_000), rate.read(3000 + 181_000)]).toEqual([0, 0, null])
  })

  it('of a wheel sensor with 500 pulses a kilometre is still measured at 20 km/h', () => {
    const rate = createPulseRate(500)
    drive(rate, 0, 4000, () => 20, undefined, 500)
    expect(Math.abs((rate.read(4000) ?? 0) - 20)).toBeLessThan(2)
  })
})
