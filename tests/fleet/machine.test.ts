import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { machineClock } from '../../daemon/fleet/clock.js'
import { describeHardware } from '../../daemon/fleet/hardware.js'
import { birth, buildBirth } from '../../daemon/fleet/payloads/birth.js'
import { knownOfTheVehicle } from './examples.js'

describe('what the machine tells', () => {
  it('of its hardware stands in a valid birth', () => {
    expect(birth.safeParse(buildBirth({ ...knownOfTheVehicle, hardware: describeHardware() }, Date.now())).error).toBeUndefined()
  })

  it('of its monotonic clock goes on in milliseconds since the boot, in every process the same', async () => {
    const clock = machineClock()
    const before = clock.monotonicMs()
    await sleep(50)
    const passedMs = clock.monotonicMs() - before
    expect(passedMs).toBeGreaterThanOrEqual(49)
    expect(passedMs).toBeLessThan(1_000)
    expect(Math.abs(before - Number(process.hrtime.bigint()) / 1e6)).toBeLessThan(1_000)
  })

  it('of the boot has one name', () => {
    expect(machineClock().bootId).toBe(machineClock().bootId)
    expect(machineClock().bootId).not.toBe('')
  })
})
