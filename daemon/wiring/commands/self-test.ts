import { command, refused, requests } from '../../fleet/commands/index.js'
import { POLICY_VERSION } from '../../judgement/policy.js'
import { createSeldom } from './seldom.js'
import type { CommandParts } from './types.js'

// Own: who beeps at a driver without need is not believed when there is.
const EVERY_SECONDS = 30

/** Buzzer and light for a moment, and an event that says so. Never over a signal: an alarm is neither silenced nor mistaken for a test. */
export const selfTest = ({ alarm, output, fleet, moment, clock }: CommandParts) => {
  const seldom = createSeldom(EVERY_SECONDS)
  let tests = 0
  return command(requests['self-test'], () => {
    const nowMs = clock.monotonicMs()
    const waitSeconds = seldom.waitSeconds(nowMs)
    if (waitSeconds > 0) return refused('too-soon', `The last test was less than ${EVERY_SECONDS} s ago: again in ${waitSeconds} s.`)
    if (!alarm.test()) return refused('alarm', 'The driver is shown something at this moment, and a test must not be taken for it.')
    seldom.done(nowMs)
    tests += 1
    const event = fleet.alert(
      {
        rule: 'self-test',
        level: 0,
        phase: 'raised',
        // Below zero: the judgement counts its own from one.
        incident: -tests,
        atMs: nowMs,
        startedMs: nowMs,
        evidence: { output },
        confidence: 1,
        coverage: moment.measures?.coverage ?? 0,
        quiet: false,
        policy: POLICY_VERSION,
      },
      clock.wallMs(),
    )
    return { ok: true, data: { event: event.id, output } }
  })
}
