/** A line that we listen to, by the package onoff over the kernel's sysfs. */
import { existsSync } from 'node:fs'
import type { BinaryValue, Gpio } from 'onoff'
import { reasonOf } from '../../reason-of.js'
import { GpioError } from '../errors.js'
import type { InputLine, InputOptions, Part, Wire } from '../types.js'
import { loadOnoff } from './library.js'
import { globalNumber, lineFolder } from './numbers.js'
import { noInterrupts, refused, setUpByOthers } from './refusals.js'

/**
 * Takes a line as an input and listens to it.
 * @throws GpioError when it cannot be had
 */
export const takeInput = (part: Part, wire: Wire, { edge, debounceMs, onChange, onFault }: InputOptions): InputLine => {
  const { Gpio: GpioLine } = loadOnoff()
  const failed = (cause: unknown) => new GpioError('gpio-failed', `the ${part.name} cannot be read: ${reasonOf(cause)}`, cause)

  // A short pulse is over by the time it is read, and onoff would pass it over: where rises alone are told, each call is one.
  const isRise = edge === 'rising' && debounceMs === 0

  // onoff reads the line in a callback of its addon: an error thrown there (a pulled expander) would end the process.
  class WatchedLine extends GpioLine {
    override readSync(): BinaryValue {
      try {
        const value = super.readSync()
        return isRise ? 1 : value
      } catch (cause) {
        onFault(failed(cause))
        return 0
      }
    }
    /** @throws GpioError */
    level(): boolean {
      try {
        return super.readSync() === 1
      } catch (cause) {
        throw failed(cause)
      }
    }
  }

  const number = globalNumber(part, wire)
  if (hasNoEdges(number)) throw noInterrupts(part, wire, number)
  let line: WatchedLine | null = null
  try {
    line = new WatchedLine(number, 'in', edge, { activeLow: wire.activeLow, debounceTimeout: debounceMs })
    // onoff keeps silent when a line that was exported before cannot be set up
    if (line.direction() !== 'in' || line.activeLow() !== wire.activeLow) throw setUpByOthers(part, wire, number)
    if (line.edge() !== edge) throw noInterrupts(part, wire, number)
    const taken = line
    taken.watch((_, value) => onChange(value === 1))
    return { isOn: () => taken.level(), close: () => giveBack(taken) }
  } catch (cause) {
    if (line !== null) giveBack(line)
    if (cause instanceof GpioError) throw cause
    throw hasNoEdges(number) ? noInterrupts(part, wire, number) : refused(part, wire, number, cause)
  }
}

/** The kernel gives an exported line without an interrupt no file `edge`. */
const hasNoEdges = (number: number): boolean => existsSync(lineFolder(number)) && !existsSync(`${lineFolder(number)}/edge`)

/** An input may float; so, unlike a buzzer, its line is given back. */
const giveBack = (line: Gpio): void => {
  try {
    line.unexport()
  } catch {
    // the hardware is gone, and its line with it; whoever gives it back has no more use for it
  }
}
