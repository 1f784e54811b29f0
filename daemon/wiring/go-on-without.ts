/** What is told where buzzer or light cannot be had, and the watch goes on without it. */
import { codedSentence } from '../coded.js'
import type { GpioError } from '../gpio/index.js'
import type { Conditions } from '../health/conditions.js'

/** @returns to be told of each line that cannot be had: each is an error in the log, both together one condition in `health`, until the next start */
export const goOnWithout = (log: Readonly<Record<'error', (message: string) => void>>, conditions: Conditions) => (fault: GpioError) => {
  log.error(`The watch goes on without it, and the driver is warned by what is left: ${codedSentence(fault)}`)
  conditions.tell('output-refuses', true, null)
}
