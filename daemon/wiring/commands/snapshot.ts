import { EvidenceError } from '../../evidence/index.js'
import type { Refusal } from '../../fleet/commands/codes.js'
import { command, refused, requests } from '../../fleet/commands/index.js'
import { reasonOf } from '../../reason-of.js'
import { createSeldom } from './seldom.js'
import type { CommandParts } from './types.js'

// Own: evidence of alarms must not be pushed out by snapshots: at this pace 100 MB are full after half a day of nothing else.
const EVERY_SECONDS = 10

const refusalOf = (fault: unknown): Refusal => {
  const code = fault instanceof EvidenceError ? fault.code : null
  if (code === 'evidence-off' || code === 'evidence-paused') return code
  return code === 'evidence-no-picture' ? 'no-picture' : 'not-kept'
}

/** Keeps one picture in the vehicle, where evidence is on. The answer tells its id; the picture itself is never sent. */
export const snapshot = ({ evidence, clock }: CommandParts) => {
  const seldom = createSeldom(EVERY_SECONDS)
  return command(requests.snapshot, async () => {
    const nowMs = clock.monotonicMs()
    const waitSeconds = seldom.waitSeconds(nowMs)
    if (waitSeconds > 0) return refused('too-soon', `The last picture was less than ${EVERY_SECONDS} s ago: again in ${waitSeconds} s.`)
    try {
      const id = await evidence.snapshot()
      seldom.done(nowMs)
      return { ok: true, data: { evidence: id } }
    } catch (fault) {
      return refused(refusalOf(fault), `No picture is kept: ${reasonOf(fault)}.`)
    }
  })
}
