/** The table of commands, one file each. */
import { type Command, type Commands, command, requests } from '../../fleet/commands/index.js'
import type { Answer } from '../../fleet/payloads/result.js'
import { logLevel } from './log-level.js'
import { ping } from './ping.js'
import { restartVision } from './restart-vision.js'
import { sendOutbox } from './send-outbox.js'
import { snapshot } from './snapshot.js'
import type { CommandParts } from './types.js'
import { verdict } from './verdict.js'

/** @param configSet what changes the configuration. @param selfTest does a test. @returns the commands, and what takes their lasting effects back */
export const createCommands = (parts: CommandParts, configSet: Command, selfTest: () => Answer): { commands: Commands; close(): void } => {
  const level = logLevel(parts)
  return {
    commands: {
      ping: ping(parts),
      verdict: verdict(parts),
      snapshot: snapshot(parts),
      'self-test': command(requests['self-test'], selfTest),
      'restart-vision': restartVision(parts),
      'send-outbox': sendOutbox(parts),
      'log-level': level.command,
      'config/set': configSet,
    },
    close: level.close,
  }
}

export type { CommandParts } from './types.js'
