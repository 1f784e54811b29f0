/** The machine's strain, looked at now and then: conditions are told, and the eyes go slower while it stands. */
import type { Conditions } from '../health/conditions.js'
import { firmwareWord } from '../health/firmware.js'
import { kernelWord, memoryMb, power, temperatureCelsius } from '../health/machine.js'
import { createStrain, isShedding, type Strain, strainSentence } from '../health/strain.js'
import type { VisionHost } from '../vision/host.js'

// Own: heat and supply change within seconds; each look reads three small files.
const LOOK_EVERY_MS = 5000

const all: readonly Strain[] = ['hot', 'throttled', 'undervoltage', 'memory-high']

/** @returns how to end it */
export const watchStrain = (host: VisionHost, conditions: Conditions, now: () => number): (() => void) => {
  const strain = createStrain()
  let isOver = false
  const look = (word: number | null): void => {
    if (isOver) return
    const standing = strain({ ...power(word), celsius: temperatureCelsius(), memoryMb: memoryMb(host.pid) }, now())
    for (const condition of all) {
      const [came, went] = strainSentence[condition]
      conditions.tell(condition, standing.has(condition), standing.has(condition) ? came : went)
    }
    host.spare(isShedding(standing))
  }
  // The kernel's file costs nothing; the program is asked only where there is none.
  const ask = (): void => {
    const word = kernelWord()
    if (word !== null) look(word)
    else void firmwareWord().then(look)
  }
  ask()
  const timer = setInterval(ask, LOOK_EVERY_MS)
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
