import { describe, expect, it } from 'vitest'
import { atSpeed, between, closed, nods, open, risesOf, secondsOf, signalsOf, tell, unseen } from '../story.js'

describe.each([5, 15, 30, 60])('slump at %i frames a second', (fps) => {
  const frame = 1 / fps
  const within = (seconds: number | undefined, wantedS: number) => {
    expect(seconds).toBeGreaterThanOrEqual(wantedS - frame - 1e-6)
    expect(seconds).toBeLessThanOrEqual(wantedS + 2 * frame + 1e-6)
  }

  it('lets the clock of a closure of 0.8 s run on when sight is lost: warned at 1 s, alarmed at 3 s, 4 at 6 s', () => {
    const told = tell([open(5), closed(0.8), unseen(9), open(3)], fps)
    expect(risesOf(told)).toEqual(['slump/2', 'slump/3', 'unresponsive/4', 'eyes-not-seen/1'])
    within(secondsOf(told, 'slump')[0], 6)
    within(secondsOf(told, 'slump', 'escalated')[0], 8)
    within(secondsOf(told, 'unresponsive', 'escalated')[0], 11)
  })

  it('asks for a closure of 0.5 s before: after 0.2 s nothing but the eyes is missed', () => {
    expect(risesOf(tell([open(5), closed(0.2), unseen(9), open(3)], fps))).toEqual(['eyes-not-seen/1'])
    expect(risesOf(tell([open(5), closed(0.7 + frame), unseen(2), open(3)], fps))).toEqual(['slump/2'])
  })

  it('goes on where a warning stands though the eyes were open for a moment before', () => {
    const told = tell([open(5), closed(1.5), open(0.5), unseen(4), open(3)], fps)
    expect(risesOf(told)).toEqual(['microsleep/2', 'slump/3'])
    within(secondsOf(told, 'slump', 'escalated')[0], 10)
  })

  it('follows a head that falls by 35° and is lost, with no closure before: 2 after 4 s, 3 after 6 s, 4 when nobody answers for 3 s', () => {
    const told = tell([open(5), nods(0.8, 35), unseen(12), open(3)], fps)
    expect(risesOf(told).filter((rise) => rise !== 'eyes-not-seen/1')).toEqual(['slump/2', 'slump/3', 'unresponsive/4'])
    within(secondsOf(told, 'slump')[0], 9.8)
    within(secondsOf(told, 'slump', 'escalated')[0], 11.8)
    within(secondsOf(told, 'unresponsive', 'escalated')[0], 14.8)
  })

  it.each([
    ['falls by 15° only', nods(0.8, 15)],
    ['sinks by 30° in four seconds', nods(4, 30)],
  ])('leaves a head alone that %s', (_, head) => {
    expect(risesOf(tell([open(5), head, unseen(9), open(3)], fps))).toEqual(['eyes-not-seen/1'])
  })

  it('leaves a head alone that comes up again before the face is lost', () => {
    expect(risesOf(tell([open(5), nods(0.8, 35), open(1), unseen(7), open(3)], fps))).toEqual([])
  })

  it('leaves a fallen head alone that is back within 3.5 s', () => {
    expect(risesOf(tell([open(5), nods(0.8, 35), unseen(3.5), open(3)], fps))).toEqual([])
  })

  it('ends when the eyes have been seen open for 1 s, and not before', () => {
    const told = tell([open(5), closed(0.8), unseen(5), open(3)], fps)
    within(secondsOf(told, 'slump', 'ended')[0], 11.8)
    expect(between(told, 9, 11.7).every(({ level }) => level >= 3)).toBe(true)
  })

  it('ends at a standstill of 10 s, into "cannot see you"; not while the vehicle rolls at 8 km/h or its speed is unknown', () => {
    const slumped = (speedKmh: number | null) =>
      tell([atSpeed(40, open(5), closed(1.5), unseen(5)), atSpeed(speedKmh, unseen(20))].flat(), fps)
    const stopped = slumped(0)
    within(secondsOf(stopped, 'unresponsive', 'ended')[0], 21.5)
    expect(signalsOf(stopped, 22, 31)).toEqual(['cannot-see'])
    // Not told again a minute later either: what has ended is over.
    expect(risesOf(tell([atSpeed(40, open(5), closed(1.5), unseen(5)), atSpeed(0, unseen(90))].flat(), fps))).toEqual(risesOf(stopped))
    for (const speed of [8, null]) expect(secondsOf(slumped(speed), 'unresponsive', 'ended')).toEqual([])
  })

  it('becomes "cannot see you" after 120 s, never silence', () => {
    const told = tell([open(5), closed(1.5), unseen(130)], fps)
    expect(signalsOf(told, 11 + 3 * frame, 126)).toEqual(['emergency'])
    expect(signalsOf(told, 127, 136)).toEqual(['cannot-see'])
  })
})
