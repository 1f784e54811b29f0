import { command, refused, requests } from '../../fleet/commands/index.js'
import { createSeldom } from './seldom.js'
import type { CommandParts } from './types.js'

// Own: a restart costs some seconds of sight. Asked for at this pace it costs less than one in a hundred.
const EVERY_SECONDS = 600

/** Ends the vision process, which is started again at once. Not while a closure runs or a warning stands: it would cut it short. */
export const restartVision = ({ vision, moment, clock }: CommandParts) => {
  const seldom = createSeldom(EVERY_SECONDS)
  return command(requests['restart-vision'], () => {
    const nowMs = clock.monotonicMs()
    const waitSeconds = seldom.waitSeconds(nowMs)
    if (waitSeconds > 0)
      return refused('too-soon', `The driver would not be seen meanwhile; it can be asked for again in ${waitSeconds} s.`)
    if (!moment.isCalm) return refused('alarm', 'The eyes are closed or a warning stands at this moment: they are not let out of sight.')
    seldom.done(nowMs)
    vision.restart('the fleet asked for a restart')
    return { ok: true }
  })
}
