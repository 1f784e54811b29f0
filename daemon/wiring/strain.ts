/** The machine's strain, looked at now and then: while it stands, conditions are told, the eyes go slower, and what the driver does not need waits. */
import type { Conditions } from '../health/conditions.js'
import { createFirmware, type Firmware } from '../health/firmware.js'
import { kernelWord, memoryMb, power, temperatureCelsius } from '../health/machine.js'
import { createStrain, isShedding, isSlowing, type Readings, type Strain, strainSentence } from '../health/strain.js'
import type { VisionHost } from '../vision/host.js'

// Own: heat and supply change within seconds; each look reads three small files.
const LOOK_EVERY_MS = 5000

const all: readonly Strain[] = ['hot', 'throttled', 'undervoltage', 'memory-high']

export type StrainParts = {
  host: Pick<VisionHost, 'pid' | 'spare'>
  conditions: Conditions
  now(): number
  /** Told whether what the driver does not need must wait; again and again, and not only of changes. */
  shed(isOn: boolean): void
}

/** What the machine says. The kernel's file costs nothing; the program is asked only where there is none. */
const machineSays =
  (firmware: Firmware) =>
  async (visionPid: number | null): Promise<Readings> => {
    const word = kernelWord() ?? (await firmware.word())
    return { ...power(word), celsius: temperatureCelsius(), memoryMb: memoryMb(visionPid) }
  }

/** @param read never rejects. @returns how to end it */
export const watchStrain = ({ host, conditions, now, shed }: StrainParts, read = machineSays(createFirmware())): (() => void) => {
  const strain = createStrain()
  let isOver = false
  const look = (readings: Readings): void => {
    if (isOver) return
    const standing = strain(readings, now())
    for (const condition of all) {
      const [came, went] = strainSentence[condition]
      conditions.tell(condition, standing.has(condition), standing.has(condition) ? came : went)
    }
    host.spare(isSlowing(standing))
    shed(isShedding(standing))
  }
  const ask = (): void => void read(host.pid).then(look)
  ask()
  const timer = setInterval(ask, LOOK_EVERY_MS)
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
