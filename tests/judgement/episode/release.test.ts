/** When an episode is over: just below and at each of the times that end one. */
import { describe, expect, it } from 'vitest'
import type { Kind } from '../../../daemon/judgement/episode/kinds.js'
import { isEpisodeOver } from '../../../daemon/judgement/episode/release.js'
import type { Standing } from '../../../daemon/judgement/rule.js'
import type { LostSight } from '../../../daemon/judgement/signs/lost-sight.js'
import type { Stretches } from '../../../daemon/judgement/signs/stretches.js'
import { blind, closure, lostSight, moment } from '../rules/moment.js'

const AT_MS = 500_000
type Said = {
  level?: Standing['level']
  sinceMs?: number
  foundMs?: number
  isAsleep?: boolean
  stretches?: Partial<Stretches>
  lost?: LostSight
  isSeen?: boolean
  seenClosed?: boolean
}

const over = (
  kind: Kind,
  { level = 2, sinceMs = 0, foundMs = 0, isAsleep = false, stretches = {}, lost, isSeen = true, seenClosed = false }: Said,
): boolean =>
  isEpisodeOver(kind, {
    standing: { rule: 'microsleep', level, sinceMs, quiet: false },
    foundMs,
    isAsleep,
    moment: moment(AT_MS, {
      stretches: { openMs: 0, ...stretches },
      lost: lost ?? null,
      closures: { running: seenClosed ? closure() : null, seenClosed, ended: null },
      ...(isSeen ? {} : { observation: blind('no-face') }),
    }),
  })

describe('drowsiness', () => {
  it.each([
    ['eyes open for a second', { stretches: { openMs: 1000 } }, true],
    ['for less', { stretches: { openMs: 999 } }, false],
    ['for a second, but the level rose within it', { stretches: { openMs: 1000 }, sinceMs: AT_MS - 999 }, false],
    ['for a second since it rose', { stretches: { openMs: 1000 }, sinceMs: AT_MS - 1000 }, true],
    ['unseen for 120 s', { level: 4, stretches: { unseenMs: 120_000 } }, true],
    ['for less', { level: 4, stretches: { unseenMs: 119_999 } }, false],
    ['out of sight for 10 s at a standstill of 10 s', { stretches: { unseenMs: 10_000, standstillMs: 10_000 } }, true],
    ['out of sight for less', { stretches: { unseenMs: 9999, standstillMs: 10_000 } }, false],
    ['at a shorter standstill', { stretches: { unseenMs: 10_000, standstillMs: 9999 } }, false],
    ['in sight at a standstill', { stretches: { unseenMs: 0, standstillMs: 20_000 } }, false],
    ['a notice, out of sight at a standstill', { level: 1, stretches: { unseenMs: 10_000, standstillMs: 10_000 } }, false],
    ['a warning without a camera for 0.2 s', { stretches: { absentMs: 200 } }, true],
    ['for less', { stretches: { absentMs: 199 } }, false],
    ['a warning of a slump', { lost: lostSight(), stretches: { absentMs: 9999 } }, false],
    ['the same for 10 s', { lost: lostSight(), stretches: { absentMs: 10_000 } }, true],
    ['a warning of what is no slump yet', { lost: lostSight({ isSlump: false }), stretches: { absentMs: 200 } }, true],
    ['an alarm without a camera for less than 10 s', { level: 3, stretches: { absentMs: 9999 } }, false],
    ['for 10 s', { level: 3, stretches: { absentMs: 10_000 } }, true],
  ] as const)('%s (%o): over is %s', (_, said, isOver) => expect(over('drowsy', said)).toBe(isOver))
})

describe('inattention', () => {
  it.each([
    ['looking ahead for a second', { foundMs: AT_MS - 1000 }, true],
    ['for less', { foundMs: AT_MS - 999 }, false],
    ['unseen', { foundMs: AT_MS - 5000, isSeen: false }, false],
    ['unseen for 10 s', { foundMs: AT_MS, isSeen: false, stretches: { unseenMs: 10_000 } }, true],
    ['for less', { foundMs: AT_MS, isSeen: false, stretches: { unseenMs: 9999 } }, false],
    ['without a camera for 0.2 s', { foundMs: AT_MS, isSeen: false, stretches: { absentMs: 200 } }, true],
    ['for less', { foundMs: AT_MS, isSeen: false, stretches: { absentMs: 199 } }, false],
  ] as const)('%s (%o): over is %s', (_, said, isOver) => expect(over('distracted', said)).toBe(isOver))
})

describe('"cannot see you"', () => {
  it.each([
    ['eyes open for a second', { stretches: { openMs: 1000 } }, true],
    ['for less', { stretches: { openMs: 999 } }, false],
    ['a sleeper found again', { seenClosed: true, isAsleep: true }, true],
    ['closed eyes of one who is not known to sleep', { seenClosed: true }, false],
    ['a sleeper who is not found', { isAsleep: true }, false],
  ] as const)('%s (%o): over is %s', (_, said, isOver) => expect(over('blind', said)).toBe(isOver))
})

it.each([
  [AT_MS - 10_000, true],
  [AT_MS - 9999, false],
])('"sees less than it should" last found at %i: over is %s', (foundMs, isOver) => expect(over('degraded', { foundMs })).toBe(isOver))
