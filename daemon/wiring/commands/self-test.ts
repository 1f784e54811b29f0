import { refused } from '../../fleet/commands/index.js'
import type { Answer } from '../../fleet/payloads/result.js'
import type { Decision } from '../../judgement/decision.js'
import { POLICY_VERSION } from '../../judgement/policy.js'
import { createSeldom } from './seldom.js'
import type { CommandParts } from './types.js'

// Own: who beeps at a driver without need is not believed when there is.
const EVERY_SECONDS = 30

/**
 * What the event of a test tells.
 * @param nth counts from 1
 * @param coverage 0..1
 */
export const testDecision = (nth: number, nowMs: number, output: string, coverage: number): Decision => ({
  rule: 'self-test',
  level: 0,
  phase: 'raised',
  // Below zero: the judgement counts its own from one.
  incident: -nth,
  atMs: nowMs,
  startedMs: nowMs,
  evidence: { output },
  confidence: 1,
  coverage,
  quiet: false,
  policy: POLICY_VERSION,
})

type SelfTestParts = Pick<CommandParts, 'alarm' | 'output' | 'moment' | 'inputs' | 'clock'> & {
  fleet: Pick<CommandParts['fleet'], 'alert'>
}

/**
 * Buzzer and light for a moment, and an event that says so. Never over a signal: an alarm is neither silenced nor mistaken for a test.
 * One for the fleet and for the command on this machine, so that both together are no more frequent.
 */
export const createSelfTest = ({ alarm, output, fleet, moment, inputs, clock }: SelfTestParts): (() => Answer) => {
  const seldom = createSeldom(EVERY_SECONDS)
  let tests = 0
  return () => {
    const nowMs = clock.monotonicMs()
    const waitSeconds = seldom.waitSeconds(nowMs)
    if (waitSeconds > 0) return refused('too-soon', `The last test was less than ${EVERY_SECONDS} s ago: again in ${waitSeconds} s.`)
    if (!alarm.test()) return refused('alarm', 'The driver is shown something at this moment, and a test must not be taken for it.')
    seldom.done(nowMs)
    tests += 1
    const event = fleet.alert(testDecision(tests, nowMs, output(), moment.measures?.coverage ?? 0), clock.wallMs(), inputs.context(nowMs))
    // Both lines are written with each step: one that is gone has refused by now.
    const fault = alarm.fault()
    return { ok: true, data: { event: event.id, output: output(), ...(fault === null ? {} : { fault }) } }
  }
}
