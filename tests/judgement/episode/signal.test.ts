/** Which of the episodes that stand the driver hears and sees. */
import { describe, expect, it } from 'vitest'
import type { Level } from '../../../daemon/judgement/decision.js'
import type { Episode } from '../../../daemon/judgement/episode/episode.js'
import type { Kind } from '../../../daemon/judgement/episode/kinds.js'
import { leading } from '../../../daemon/judgement/episode/signal.js'

type Stands = Partial<Record<Kind, Level | [Level, 'quiet']>>

const led = (stands: Stands) => {
  const episode = (kind: Kind): Episode => {
    const said = stands[kind] ?? 0
    const [level, isQuiet] = typeof said === 'number' ? [said, false] : [said[0], true]
    const never = () => expect.fail('a signal changes no episode')
    return { level, standing: null, foundMs: null, isAudible: () => !isQuiet, begin: never, rise: never, end: never }
  }
  return leading(
    { drowsy: episode('drowsy'), distracted: episode('distracted'), blind: episode('blind'), degraded: episode('degraded') },
    0,
  )
}

describe('the signal', () => {
  it.each<[Stands, Level, string]>([
    [{}, 0, 'clear'],
    [{ drowsy: 1 }, 1, 'notice'],
    [{ drowsy: 2 }, 2, 'warn'],
    [{ drowsy: 3 }, 3, 'alarm'],
    [{ drowsy: 4 }, 4, 'emergency'],
    [{ distracted: 1 }, 1, 'distracted'],
    [{ distracted: 2 }, 2, 'distracted-long'],
    [{ blind: 1 }, 1, 'cannot-see'],
    [{ degraded: 1 }, 1, 'degraded'],
  ])('of one episode is its own: %o', (stands, level, signal) => expect(led(stands)).toEqual({ level, signal }))

  it.each<[Stands, Level, string]>([
    [{ drowsy: 3, blind: 1, distracted: 2, degraded: 1 }, 3, 'alarm'],
    [{ drowsy: 1, blind: 1 }, 1, 'cannot-see'],
    [{ drowsy: 2, distracted: 2 }, 2, 'warn'],
    [{ drowsy: 1, distracted: 2 }, 2, 'distracted-long'],
    [{ distracted: 1, degraded: 1 }, 1, 'distracted'],
    [{ blind: 1, degraded: 1 }, 1, 'cannot-see'],
  ])('of several is the highest; of equal ones the more urgent: %o', (stands, level, signal) =>
    expect(led(stands)).toEqual({ level, signal }),
  )

  it.each<[Stands, Level, string]>([
    [{ drowsy: [2, 'quiet'] }, 2, 'quiet'],
    [{ drowsy: [2, 'quiet'], blind: 1 }, 2, 'cannot-see'],
    [{ drowsy: [1, 'quiet'], blind: [1, 'quiet'] }, 1, 'quiet'],
  ])('that may not sound leaves the word to one that may; the level is the highest all the same: %o', (stands, level, signal) =>
    expect(led(stands)).toEqual({ level, signal }),
  )
})
