import { describe, expect, it } from 'vitest'
import { closed, open, risesOf, secondsOf, signalsOf, tell, unseen } from '../story.js'

describe.each([5, 15, 30])('when the camera dies, at %i frames a second', (fps) => {
  it('a warning stops within 2 s, and becomes "cannot see you" at once, never silence', () => {
    const told = tell([open(3), closed(1.5), unseen(4, 'no-camera')], fps)
    expect(signalsOf(told, 4.5, 8.5)).toEqual(['warn', 'cannot-see'])
    expect(secondsOf(told, 'camera-unavailable')[0]).toBeLessThanOrEqual(5)
  })

  it('and is back to a driver still asleep, the warning comes again as soon as that is sure: the clock has run on', () => {
    const told = tell([open(3), closed(1.5), unseen(3, 'no-camera'), closed(2), open(3)], fps)
    const [again] = secondsOf(told, 'slump')
    expect(again).toBeGreaterThanOrEqual(8 - 1e-6)
    expect(again).toBeLessThanOrEqual(8 + 2 / fps)
    expect(told.decisions.find(({ rule }) => rule === 'slump')?.level).toBe(3)
  })

  it('and is back to a driver who blinks, nothing comes', () => {
    expect(risesOf(tell([open(3), closed(0.8), unseen(3, 'no-camera'), closed(0.2), open(3)], fps))).toEqual([])
  })

  it('a slump of before goes on by its own clock, and an alarm holds for 10 s', () => {
    const told = tell([open(3), closed(1.5), unseen(1), unseen(14, 'no-camera')], fps)
    expect(risesOf(told).slice(0, 2)).toEqual(['microsleep/2', 'slump/3'])
    expect(signalsOf(told, 4.1, 15.4)).toEqual(['warn', 'alarm', 'emergency'])
    expect(signalsOf(told, 16, 19.5)).toEqual(['cannot-see'])
  })

  it('a driver who was not drowsy is told after 5 s', () => {
    expect(risesOf(tell([open(3), unseen(4.7, 'no-camera'), open(3)], fps))).toEqual([])
    expect(risesOf(tell([open(3), unseen(5.5, 'no-camera'), open(3)], fps))).toEqual(['camera-unavailable/1'])
  })

  it('a lens that was covered before is another cause, told under the same incident', () => {
    const told = tell([open(3), unseen(9, 'covered'), unseen(7, 'no-camera'), unseen(3, 'covered'), open(3)], fps)
    expect(risesOf(told)).toEqual(['eyes-not-seen/1', 'camera-unavailable/1'])
    expect(new Set(told.decisions.map(({ incident }) => incident)).size).toBe(1)
  })
})
