import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createConditions } from '../../daemon/health/conditions.js'
import { createFirmware } from '../../daemon/health/firmware.js'
import { kernelWord, power, temperatureCelsius } from '../../daemon/health/machine.js'
import { createStrain, isShedding, isSlowing, type Readings, type Strain } from '../../daemon/health/strain.js'
import { watchStrain } from '../../daemon/wiring/strain.js'

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
      return createFirmware(program).word()
    }
    expect(power(await asks('[ "$1" = get_throttled ] && echo throttled=0x50005'))).toEqual({ undervoltage: true, throttled: true })
    expect(await asks('echo VCHI initialization failed; exit 255')).toBeNull()
    expect(await asks('sleep 60')).toBeNull()
    expect(await createFirmware('/nowhere/vcgencmd').word()).toBeNull()
  })

  it('by nobody while the program hangs, which is not asked a second time meanwhile', async () => {
    const root = sys({ vcgencmd: '#!/bin/sh\necho asked >>"$0.log"; exec sleep 60' })
    const program = join(root, 'vcgencmd')
    chmodSync(program, 0o755)
    const firmware = createFirmware(program)
    const first = firmware.word()
    expect(await firmware.word()).toBeNull()
    expect(await first).toBeNull()
    expect(readFileSync(`${program}.log`, 'utf8')).toBe('asked\n')
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

  it.each<[Strain, boolean]>([
    ['hot', true],
    ['throttled', true],
    ['undervoltage', true],
    // Fewer frames do not help against it.
    ['memory-high', false],
  ])('%s sheds what the driver does not need, and slows the eyes: %s', (condition, slows) => {
    const standing = new Set([condition])
    expect([isShedding(standing), isSlowing(standing)]).toEqual([true, slows])
  })

  it('sheds nothing where none stands', () => expect([isShedding(new Set()), isSlowing(new Set())]).toEqual([false, false]))
})

describe('the watch over it', () => {
  afterEach(() => vi.useRealTimers())

  it('sheds and slows as soon as it is looked at, tells it once, and takes it back after a minute of calm, not before', async () => {
    vi.useFakeTimers()
    const said: string[] = []
    const conditions = createConditions({ info: (text) => said.push(text), error: (text) => said.push(text) })
    let readings: Readings = { celsius: 55, undervoltage: false, throttled: false, memoryMb: 200 }
    const now = { isSparing: false, isShedding: false }
    const spare = (isOn: boolean) => {
      now.isSparing = isOn
    }
    const shed = (isOn: boolean) => {
      now.isShedding = isOn
    }
    const end = watchStrain({ host: { pid: null, spare }, conditions, now: Date.now, shed }, async () => readings)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([now, said]).toEqual([{ isSparing: false, isShedding: false }, []])

    readings = { ...readings, memoryMb: 420 }
    await vi.advanceTimersByTimeAsync(5000)
    expect([now, conditions.list()]).toEqual([{ isSparing: false, isShedding: true }, ['memory-high']])
    readings = { ...readings, memoryMb: 200, undervoltage: true }
    await vi.advanceTimersByTimeAsync(5000)
    expect([now, conditions.list()]).toEqual([{ isSparing: true, isShedding: true }, ['undervoltage', 'memory-high']])

    readings = { ...readings, undervoltage: false }
    await vi.advanceTimersByTimeAsync(60_000)
    expect(now).toEqual({ isSparing: true, isShedding: true })
    await vi.advanceTimersByTimeAsync(5000)
    expect([now, conditions.list()]).toEqual([{ isSparing: false, isShedding: false }, []])
    expect(said).toEqual([
      expect.stringContaining('more memory than they should: aim page, evidence and summaries wait'),
      expect.stringContaining('supply voltage is too low'),
      expect.stringContaining('Memory is as it should be'),
      expect.stringContaining('supply voltage is right again'),
    ])
    end()
  })
})
