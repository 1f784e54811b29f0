/** Whether the GPIO lines can be had. They are taken for a moment, off, unless the service runs: then they are its. */
import type { Config } from '../config/index.js'
import { type Gpio, GpioError, globalNumber, openGpio, type Part, type Wire } from '../gpio/index.js'
import { isServiceActive } from './service.js'
import { type Check, type Diagnosis, fail, pass, warn } from './types.js'

type Wanted = { part: Part; wire: Wire; way: 'output' | 'input' }

/** The lines that this configuration will take. */
const wantedOf = ({ alarm, speed, button, ignition }: Config): Wanted[] => [
  ...(alarm.output === 'gpio'
    ? (['buzzer', 'led'] as const).map((name): Wanted => ({ part: { name, key: `alarm.${name}` }, wire: alarm[name], way: 'output' }))
    : []),
  ...(speed.kind === 'pulses' ? [{ part: { name: 'speed', key: 'speed.pulses' }, wire: speed.pulses, way: 'input' } as const] : []),
  ...(button.kind === 'gpio' ? [{ part: { name: 'button', key: 'button.gpio' }, wire: button.gpio, way: 'input' } as const] : []),
  ...(ignition.kind === 'gpio' ? [{ part: { name: 'ignition', key: 'ignition.gpio' }, wire: ignition.gpio, way: 'input' } as const] : []),
]

/** Takes a line and gives it back. @throws GpioError */
function tryLine(gpio: Gpio, { part, wire, way }: Wanted): void {
  if (way === 'output') gpio.takeOutput(part, wire).close()
  else gpio.takeInput(part, wire, { edge: 'both', debounceMs: 0, onChange: () => undefined, onFault: () => undefined }).close()
}

/** Several parts may meet with the same fault: each says whose line it is. */
const ofPart = (what: string, { part: { name }, wire }: Wanted): string =>
  what.startsWith(`the ${name}'s `) ? what : `the ${name} cannot have line ${wire.lineName ?? wire.line} of ${wire.chip}: ${what}`

/** Under which number the kernel knows the line: it counts from the chip's base, which another kernel may have elsewhere. */
function numbered(gpio: Gpio, { part, wire }: Wanted): string {
  const line = `line ${wire.lineName ?? wire.line} of ${wire.chip}`
  if (gpio.name !== 'sysfs') return line
  const number = globalNumber(part, wire)
  return `${line} (number ${number} in /sys/class/gpio: on this kernel the chip begins at ${number - wire.line})`
}

function diagnose(gpio: Gpio, wanted: Wanted, isServices: boolean): Diagnosis {
  const { part } = wanted
  try {
    const line = numbered(gpio, wanted)
    if (isServices) return pass('gpio', `the service has ${line} for the ${part.name}; to have it tried: sudo systemctl stop kantukd`)
    tryLine(gpio, wanted)
    return pass('gpio', `the ${part.name} can have ${line}, by ${gpio.name}`)
  } catch (fault) {
    if (!(fault instanceof GpioError)) throw fault
    // A message of this room is "what; cure".
    const [what = fault.message, ...cure] = fault.message.split('; ')
    return fail('gpio', 'line-refused', `${ofPart(what, wanted)} [${fault.code}]`, cure.join('; ') || `check ${part.key}`)
  }
}

export const gpio: Check = async ({ config }) => {
  const wanted = wantedOf(config)
  if (wanted.length === 0)
    return [warn('gpio', 'lines-unused', 'no line is used: there is no buzzer and no light', 'set alarm.output to gpio')]
  const isServices = await isServiceActive()
  const way = openGpio(config.gpio)
  return wanted.map((each) => diagnose(way, each, isServices))
}
