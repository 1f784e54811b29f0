import { expect, it } from 'vitest'
import { createEvents } from '../../daemon/fleet/events.js'
import { liveIds } from '../../daemon/fleet/ids.js'
import type { Context } from '../../daemon/fleet/index.js'
import { createSelfTest } from '../../daemon/wiring/commands/self-test.js'
import { createMoment } from '../../daemon/wiring/moment.js'

/** @returns what the event of a test has for context, while the vehicle tells this */
const contextOfTest = (told: Context | undefined): unknown => {
  const events = createEvents({ ids: liveIds(), vehicle: 'bus-12', bootId: 'boot', recording: false, simulated: false })
  const contexts: unknown[] = []
  const test = createSelfTest({
    alarm: { test: () => true, fault: () => null },
    output: () => 'gpio',
    moment: createMoment(),
    inputs: { context: () => told },
    clock: { monotonicMs: () => 60_000, wallMs: () => 1_790_000_000_000, synced: () => true, bootId: 'boot' },
    fleet: {
      alert(decision, wallMs, context) {
        const { event } = events.next(decision, wallMs, true, context === undefined ? {} : { context })
        contexts.push(event.context)
        return event
      },
    },
  })
  expect(test()).toMatchObject({ ok: true })
  expect(contexts).toHaveLength(1)
  return contexts[0]
}

it('the event of a test says who drives, and where, as an alert does', () => {
  const told: Context = { driver: 'card-7', speedKmh: 0 }
  expect(contextOfTest(told)).toEqual(told)
})

it('and has no context where nothing is known', () => {
  expect(contextOfTest(undefined)).toBeUndefined()
})
