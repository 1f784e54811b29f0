/** How warm the processor is. */
import { temperatureCelsius } from '../health/machine.js'
import { type Check, fail, pass, warn } from './types.js'

// Raspberry Pi documentation, "Frequency management and thermal control": it begins to slow down at 80 °C, and at 85 °C slows down hard.
const SLOWS_DOWN_CELSIUS = 80
const SLOWS_HARD_CELSIUS = 85

const CURE = 'give it air, a heat sink or a shadier place'

export const temperature: Check = async () => {
  const celsius = temperatureCelsius()
  if (celsius === null) return [pass('temperature', 'this board does not tell')]
  if (celsius >= SLOWS_HARD_CELSIUS) return [fail('temperature', 'temperature-hot', `${celsius} °C: the processor slows down hard`, CURE)]
  if (celsius >= SLOWS_DOWN_CELSIUS)
    return [warn('temperature', 'temperature-warm', `${celsius} °C: the processor begins to slow down`, CURE)]
  return [pass('temperature', `${celsius} °C`)]
}
