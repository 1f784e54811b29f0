/** What is said on each line, and what of its faults a technician hears. */

import { expect, it } from 'vitest'
import { machineClock } from '../../daemon/fleet/clock.js'
import { FleetError } from '../../daemon/fleet/errors.js'
import { createIntroduction } from '../../daemon/fleet/introduction.js'
import { NO_LIMITS } from '../../daemon/fleet/limits.js'
import type { Session } from '../../daemon/fleet/session.js'
import { topicsOf } from '../../daemon/fleet/topics.js'
import { keepLog } from './harness.js'

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

const introduced = (line: Partial<Session>, listen = true) => {
  const { log, lines } = keepLog()
  const listening = { filters: ['a/#', 'b'], onMessage: () => undefined }
  const introduction = createIntroduction({
    ...{ topics: topicsOf('test', 'bus-12'), vehicle: 'bus-12', birth: () => ({}), simulated: false, clock: machineClock(), log },
    ...(listen ? { listen: listening } : {}),
  })
  const session: Session = {
    limits: NO_LIMITS,
    publish: async () => undefined,
    subscribe: async () => [],
    end: async () => undefined,
    drop: () => undefined,
    ...line,
  }
  return { introduction, session, lines }
}

it.each([
  [new FleetError('closed', 'gone'), 'debug'],
  [new FleetError('not-connected', 'not there'), 'debug'],
  [new FleetError('forbidden', 'may not'), 'warn'],
  ['a thrown word', 'warn'],
] as const)('a birth that fails by %o is told at level %s: a line that goes is told by the link', async (fault, level) => {
  const { introduction, session, lines } = introduced({ publish: () => Promise.reject(fault) })
  introduction.hello(session)
  await turn()
  const message = fault instanceof Error ? fault.message : fault
  expect(lines).toEqual([
    { level, message },
    // The status fails for the same reason: once is enough.
    { level: 'debug', message },
  ])
})

it('names the topics that the broker does not let it listen to', async () => {
  const { introduction, session, lines } = introduced({ subscribe: async () => ['b'] })
  introduction.listen(session, 'mqtt://user:secret@broker:1883')
  await turn()
  expect(lines).toEqual([
    { level: 'warn', message: 'The broker at mqtt://broker:1883 does not let this vehicle listen to b: check its access list.' },
  ])
})

it('is quiet about a broker that hangs up instead, and where nothing is listened to', async () => {
  const { introduction, session, lines } = introduced({ subscribe: () => Promise.reject(new Error('hung up')) })
  introduction.listen(session, 'mqtt://broker')
  await turn()
  expect(lines).toEqual([{ level: 'debug', message: 'hung up' }])
  const deaf = introduced({ subscribe: () => expect.fail('asked') }, false)
  deaf.introduction.listen(deaf.session, 'mqtt://broker')
  await turn()
  expect(deaf.lines).toEqual([])
})
