/** The table of commands, one file each. */
import type { Command, Commands } from '../../fleet/commands/index.js'
import { logLevel } from './log-level.js'
import { ping } from './ping.js'
import { restartVision } from './restart-vision.js'
import { selfTest } from './self-test.js'
import { sendOutbox } from './send-outbox.js'
import { snapshot } from './snapshot.js'
import type { CommandParts } from './types.js'
import { verdict } from './verdict.js'

/** @param configSet what changes the configuration. @returns the commands, and what takes their lasting effects back */
export const createCommands = (parts: CommandParts, configSet: Command): { commands: Commands; close(): void } => {
  const level = logLevel(parts)
  return {
    commands: {
      ping: ping(parts),
      verdict: verdict(parts),
      snapshot: snapshot(),
      'self-test': selfTest(parts),
      'restart-vision': restartVision(parts),
      'send-outbox': sendOutbox(parts),
      'log-level': level.command,
      'config/set': configSet,
    },
    close: level.close,
  }
}

export type { CommandParts } from './types.js'
