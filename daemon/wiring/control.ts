/** Commands of this machine reach the running service. Where its socket cannot be had, the watch goes on without. */
import type { Aim } from '../aim/index.js'
import type { Reply, Wish } from '../control/messages.js'
import { socketOf } from '../control/place.js'
import { serveControl } from '../control/serve.js'
import type { Logger } from '../log.js'
import { reasonOf } from '../reason-of.js'
import type { Run } from '../remote/run.js'
import type { Listening } from './listening.js'

export type ControlParts = { aim: Aim; selfTest: Listening['selfTest']; well: Run['well'] }

function tested({ selfTest, well }: ControlParts): Reply {
  const answer = selfTest()
  if (!answer.ok) return { answer: 'refused', ...answer.error }
  const { vision, fleet } = well()
  const { event, output, fault } = answer.data ?? {}
  const refusal = fault === undefined ? null : String(fault)
  return { answer: 'tested', event: String(event), output: String(output), fault: refusal, watching: vision, connected: fleet }
}

/** @param dir the configuration's `state.dir`. @returns how to end it */
export async function openControl(dir: string | null, parts: ControlParts, log: Logger): Promise<() => Promise<void>> {
  const file = socketOf(dir)
  if (file === null) return async () => undefined
  const grant = async ({ ask }: Wish): Promise<Reply> => {
    if (ask === 'self-test') return tested(parts)
    if (ask === 'aim') return { answer: 'opened', opened: await parts.aim.open() }
    await parts.aim.close('a command has ended it')
    return { answer: 'done' }
  }
  try {
    return await serveControl(file, grant)
  } catch (fault) {
    const why = reasonOf(fault)
    log.warn(`Commands cannot reach this service (${why}): kantukd aim will not open its page. The watch goes on.`)
    return async () => undefined
  }
}
