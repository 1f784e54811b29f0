/** What is fuzzed, and with how much of a run. To add one: a file, and a row here. */
import { commands } from './commands.js'
import { frames } from './frames.js'
import { ipc } from './ipc.js'
import type { Target } from './types.js'
import { yaml } from './yaml.js'

/** Shares add up to 1. */
export const targets: Readonly<Record<string, { target: Target; share: number }>> = {
  'configurations (YAML)': { target: yaml, share: 0.02 },
  'messages between the processes': { target: ipc, share: 0.65 },
  'commands of the fleet': { target: commands, share: 0.31 },
  pictures: { target: frames, share: 0.02 },
}
