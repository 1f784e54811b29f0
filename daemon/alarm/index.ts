/** Picks the output that the configuration names. To add one: a file that returns an AlarmOutput, a word in config/sections/alarm.ts, an entry here, a caller of tests/alarm/contract.ts. */
import type { Config } from '../config/index.js'
import { openGpio } from '../gpio/index.js'
import { createConsoleOutput, type Printer } from './console.js'
import { createLinesOutput, type LinesOptions } from './lines.js'
import { createNoOutput } from './none.js'
import type { AlarmOutput } from './types.js'

type AlarmConfig = Pick<Config, 'alarm' | 'gpio'>

const outputs: Readonly<Record<Config['alarm']['output'], (config: AlarmConfig, stream: Printer, options: LinesOptions) => AlarmOutput>> = {
  gpio: ({ alarm, gpio }, _, options) => createLinesOutput(openGpio(gpio), alarm, options),
  console: (_, stream) => createConsoleOutput(stream),
  none: () => createNoOutput(),
}

/**
 * @param stream where `console` prints; stderr, unless told
 * @param options who is told of lines; an output that has none says so at once
 * @throws GpioError when the hardware cannot be had, where nobody would be told
 */
export const createAlarmOutput = (config: AlarmConfig, stream: Printer = process.stderr, options: LinesOptions = {}): AlarmOutput => {
  if (config.alarm.output !== 'gpio') options.onDriven?.([])
  return outputs[config.alarm.output](config, stream, options)
}

export { createExchangeableOutput, type ExchangeableOutput } from './exchange.js'
export type { LinesOptions } from './lines.js'
export { patterns } from './patterns.js'
export { type Alarm, createAlarm } from './player.js'
export type { AlarmOutput } from './types.js'
