/** The machine's strain, looked at now and then: conditions are told, and the eyes go slower while it stands. */
import type { Conditions } from '../health/conditions.js'
import { memoryMb, power, temperatureCelsius } from '../health/machine.js'
import { createStrain, isShedding, type Strain, strainSentence } from '../health/strain.js'
import type { VisionHost } from '../vision/host.js'

// Own: heat and supply change within seconds; each look reads three small files.
const LOOK_EVERY_MS = 5000

const all: readonly Strain[] = ['hot', 'throttled', 'undervoltage', 'memory-high']

/** @returns how to end it */
export const watchStrain = (host: VisionHost, conditions: Conditions, now: () => number): (() => void) => {
  const strain = createStrain()
  const look = (): void => {
    const standing = strain({ ...power(), celsius: temperatureCelsius(), memoryMb: memoryMb(host.pid) }, now())
    for (const condition of all) {
      const [came, went] = strainSentence[condition]
      conditions.tell(condition, standing.has(condition), standing.has(condition) ? came : went)
    }
    host.spare(isShedding(standing))
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
