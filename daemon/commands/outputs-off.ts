/**
 * `kantukd outputs-off`: buzzer and light off, whatever state the daemon is in. systemd calls it when the daemon is gone.
 * Which lines these are, two know: the daemon's note of what it drives, and the configuration, which may be another by now, or broken.
 */
import { configuredLines, linesOf, turnOff } from '../alarm/off.js'
import { machineClock } from '../fleet/clock.js'
import { reasonOf } from '../reason-of.js'
import { type NotedLine, readOutputsNote } from '../state/outputs-note.js'
import { INSTALLED_RUNTIME, INSTALLED_STATE, runtimeFolder, stateFolder } from '../state-folder.js'
import { type ExitCode, reportFault } from './faults.js'
import { known } from './known.js'

/** What the daemon drives or has driven, where it notes that. @param tell told of a note that cannot be used */
async function noted(dir: string | null, tell: (text: string) => void): Promise<readonly NotedLine[]> {
  const { bootId } = machineClock()
  const folders = [runtimeFolder() ?? INSTALLED_RUNTIME, stateFolder(dir) ?? INSTALLED_STATE]
  const notes = await Promise.all(
    folders.map((folder) =>
      readOutputsNote(folder, bootId).catch((fault: unknown) => {
        tell(reasonOf(fault))
        return null
      }),
    ),
  )
  return notes.flatMap((lines) => lines ?? [])
}

/** 0: off, or there is nothing to switch. 1: a line refuses. 2: the configuration is broken, and nothing else tells of any line. */
export async function outputsOffCommand(flags: { config?: string }): Promise<ExitCode> {
  const say = (text: string) => void process.stderr.write(text)
  const { config, fault, instead } = known(flags.config)
  const driven = await noted(config?.state.dir ?? null, (text) => say(`kantukd: ${text}\n`))
  const lines = linesOf(driven, config === null ? [] : configuredLines(config))
  // The lines first, the words after.
  const refused = turnOff(lines)
  const code = fault === null ? 0 : reportFault(fault, say)
  if (code !== 0 && lines.length === 0) return code
  if (code !== 0) say(`kantukd: what is switched off instead: ${insteadOf(driven, instead)}\n`)
  for (const refusal of refused) reportFault(refusal, say)
  return refused.length > 0 ? 1 : 0
}

const insteadOf = (driven: readonly NotedLine[], lastGood: string | null): string =>
  [...(driven.length > 0 ? ['what the daemon noted that it drives'] : []), ...(lastGood === null ? [] : [lastGood])].join(', and ')
