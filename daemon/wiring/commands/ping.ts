import { command, requests } from '../../fleet/commands/index.js'
import type { CommandParts } from './types.js'

/** Answers. */
export const ping = ({ fleet }: CommandParts) =>
  command(requests.ping, () => ({ ok: true, data: { uptimeSeconds: Math.round(process.uptime()), outboxDepth: fleet.outboxDepth } }))
