import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { machineClock } from '../../daemon/fleet/clock.js'
import { describeHardware } from '../../daemon/fleet/hardware.js'
import { birth, buildBirth } from '../../daemon/fleet/payloads/birth.js'
import { knownOfTheVehicle } from './examples.js'

describe('what the machine tells', () => {
  it('of its hardware stands in a valid birth', () => {
    expect(birth.safeParse(buildBirth({ ...knownOfTheVehicle, hardware: describeHardware() }, Date.now())).error).toBeUndefined()
  })

  it('of its hardware is the name of the board, where the device tree has one', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-board-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const model = path.join(folder, 'model')
    writeFileSync(model, 'Raspberry Pi 4 Model B Rev 1.4\0')
    expect(describeHardware(model).machine).toBe('Raspberry Pi 4 Model B Rev 1.4')
    expect(describeHardware(path.join(folder, 'none')).machine).not.toContain('Raspberry')
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
