import { command, refused, requests } from '../../fleet/commands/index.js'
import { reasonOf } from '../../reason-of.js'
import type { CommandParts } from './types.js'

/** Keeps what a person says of an incident. Answered once it is on the disk. */
export const verdict = ({ verdicts }: CommandParts) =>
  command(requests.verdict, async (request) => {
    try {
      await verdicts.put(request.incident, request.verdict)
    } catch (fault) {
      return refused('not-kept', `The verdict cannot be written: ${reasonOf(fault)}`)
    }
    return { ok: true, data: { incident: request.incident, verdict: request.verdict, kept: verdicts.kept } }
  })
