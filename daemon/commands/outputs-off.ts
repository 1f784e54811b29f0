/** `kantukd outputs-off`: buzzer and light off, whatever state the daemon is in. systemd calls it when the daemon is gone. */
import { turnAllOff } from '../alarm/off.js'
import { configuration } from './configuration.js'
import type { ExitCode } from './faults.js'

export async function outputsOffCommand(flags: { config?: string }): Promise<ExitCode> {
  turnAllOff(configuration(flags.config).config)
  return 0
}
