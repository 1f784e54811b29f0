/** Picks the output that the configuration names. To add one: a file that returns an AlarmOutput, a word in config/sections/alarm.ts, an entry here, a caller of tests/alarm/contract.ts. */
import type { Config } from '../config/index.js'
import { createConsoleOutput, type Printer } from './console.js'
import { createNoOutput } from './none.js'
import { createOnoffOutput } from './onoff.js'
import type { AlarmOutput } from './types.js'

type AlarmConfig = Config['alarm']

const outputs: Readonly<Record<AlarmConfig['output'], (config: AlarmConfig, stream: Printer) => AlarmOutput>> = {
  onoff: (config) => createOnoffOutput(config),
  console: (_, stream) => createConsoleOutput(stream),
  none: () => createNoOutput(),
}

/**
 * @param stream where `console` prints; stderr, unless told
 * @throws GpioError when the hardware cannot be had
 */
export const createAlarmOutput = (config: AlarmConfig, stream: Printer = process.stderr): AlarmOutput =>
  outputs[config.output](config, stream)

export { type Alarm, createAlarm } from './player.js'
export type { AlarmOutput } from './types.js'
