/** Picks the output that the configuration names. To add one: a file that returns an AlarmOutput, a word in config/sections/alarm.ts, an entry here, a caller of tests/alarm/contract.ts. */
import type { Config } from '../config/index.js'
import { openGpio } from '../gpio/index.js'
import { createConsoleOutput, type Printer } from './console.js'
import { createLinesOutput, type OnRefused } from './lines.js'
import { createNoOutput } from './none.js'
import type { AlarmOutput } from './types.js'

type AlarmConfig = Pick<Config, 'alarm' | 'gpio'>

const outputs: Readonly<Record<Config['alarm']['output'], (config: AlarmConfig, stream: Printer, onRefused?: OnRefused) => AlarmOutput>> = {
  gpio: ({ alarm, gpio }, _, onRefused) => createLinesOutput(openGpio(gpio), alarm, onRefused),
  console: (_, stream) => createConsoleOutput(stream),
  none: () => createNoOutput(),
}

/**
 * @param stream where `console` prints; stderr, unless told
 * @param onRefused told of a line that cannot be had, and is done without
 * @throws GpioError when the hardware cannot be had, where nobody would be told
 */
export const createAlarmOutput = (config: AlarmConfig, stream: Printer = process.stderr, onRefused?: OnRefused): AlarmOutput =>
  outputs[config.alarm.output](config, stream, onRefused)

export { createExchangeableOutput, type ExchangeableOutput } from './exchange.js'
export { patterns } from './patterns.js'
export { type Alarm, createAlarm } from './player.js'
export type { AlarmOutput } from './types.js'
