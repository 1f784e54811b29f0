import { command, requests } from '../../fleet/commands/index.js'
import type { CommandParts } from './types.js'

/** What the broker refused is sent again now. What merely waits for a connection is on its way already, since this command came. */
export const sendOutbox = ({ fleet }: CommandParts) =>
  command(requests['send-outbox'], () => {
    const waiting = fleet.outboxDepth
    fleet.sendAgain()
    return { ok: true, data: { waiting } }
  })
