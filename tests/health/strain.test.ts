import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firmwareWord } from '../../daemon/health/firmware.js'
import { kernelWord, power, temperatureCelsius } from '../../daemon/health/machine.js'
import { createStrain, isShedding, type Readings } from '../../daemon/health/strain.js'

/** A false /sys with these files. */
const sys = (files: Record<string, string>): string => {
  const root = mkdtempSync(join(tmpdir(), 'kantukd-sys-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), `${text}\n`)
  }
  return root
}
const FIRMWARE = 'devices/platform/soc/soc:firmware/get_throttled'

describe('what a machine says', () => {
  it.each([
    ['0', { undervoltage: false, throttled: false }],
    ['1', { undervoltage: true, throttled: false }],
    ['4', { undervoltage: false, throttled: true }],
    ['50005', { undervoltage: true, throttled: true }],
    // only once, some time ago
    ['50000', { undervoltage: false, throttled: false }],
  ])('by the firmware of a Pi: %s', (word, wanted) => expect(power(kernelWord(sys({ [FIRMWARE]: word })))).toEqual(wanted))

  it('by the monitor of the supply, where the firmware says nothing', () => {
    const root = sys({
      'class/hwmon/hwmon0/name': 'cpu_thermal',
      'class/hwmon/hwmon1/name': 'rpi_volt',
      'class/hwmon/hwmon1/in0_lcrit_alarm': '1',
    })
    expect(power(kernelWord(root), root)).toEqual({ undervoltage: true, throttled: null })
  })

  it('by the program of a Pi, where its kernel passes nothing on', async () => {
    const asks = async (script: string) => {
      const program = join(sys({ vcgencmd: `#!/bin/sh\n${script}` }), 'vcgencmd')
      chmodSync(program, 0o755)
      return firmwareWord(program)
    }
    expect(power(await asks('[ "$1" = get_throttled ] && echo throttled=0x50005'))).toEqual({ undervoltage: true, throttled: true })
    expect(await asks('echo VCHI initialization failed; exit 255')).toBeNull()
    expect(await asks('sleep 60')).toBeNull()
    expect(await firmwareWord('/nowhere/vcgencmd')).toBeNull()
  })

  it('nothing, where there is nothing', () => {
    const root = sys({})
    expect([power(kernelWord(root), root), temperatureCelsius(root)]).toEqual([{ undervoltage: null, throttled: null }, null])
  })

  it('its temperature', () => expect(temperatureCelsius(sys({ 'class/thermal/thermal_zone0/temp': '61234' }))).toBe(61.2))
})

describe('strain', () => {
  const calm: Readings = { celsius: 55, undervoltage: false, throttled: false, memoryMb: 200 }
  /** Readings every 5 s; what stands after each. */
  const course = (readings: readonly Partial<Readings>[]): string[] => {
    const strain = createStrain()
    return readings.map((reading, index) => [...strain({ ...calm, ...reading }, index * 5000)].sort().join(' '))
  }
  const forSeconds = (seconds: number, reading: Partial<Readings>) => Array.from({ length: seconds / 5 }, () => reading)

  it('begins at 78 °C and not below', () => expect(course([{ celsius: 77.9 }, { celsius: 78 }])).toEqual(['', 'hot']))

  it('ends when it has been at most 70 °C for a minute on end', () => {
    const said = course([{ celsius: 80 }, ...forSeconds(60, { celsius: 70 }), { celsius: 70 }])
    expect([said.at(-2), said.at(-1)]).toEqual(['hot', ''])
  })

  it('does not flap between the two', () => {
    const said = course([{ celsius: 80 }, ...forSeconds(50, { celsius: 69 }), { celsius: 71 }, ...forSeconds(60, { celsius: 69 })])
    expect(new Set(said)).toEqual(new Set(['hot']))
  })

  it('tells of supply, throttling and memory each by itself', () =>
    expect(course([{ undervoltage: true }, { throttled: true }, { memoryMb: 400 }]).at(-1)).toBe('memory-high throttled undervoltage'))

  it('is none where nothing is known', () =>
    expect(course(forSeconds(100, { celsius: null, undervoltage: null, throttled: null }))).not.toContain('hot'))

  it('sheds for heat and supply; less work does not help memory', () =>
    expect([isShedding(new Set(['hot'])), isShedding(new Set(['undervoltage'])), isShedding(new Set(['memory-high']))]).toEqual([
      true,
      true,
      false,
    ]))
})
