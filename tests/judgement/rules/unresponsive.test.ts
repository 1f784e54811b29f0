import { describe, expect, it } from 'vitest'
import { away, closed, flutter, open, pressing, risesOf, secondsOf, tell, unseen } from '../story.js'

describe.each([5, 15, 30, 60])('unresponsive at %i frames a second', (fps) => {
  const at6 = (told: ReturnType<typeof tell>, startS: number) => {
    const [seconds] = secondsOf(told, 'unresponsive', 'escalated')
    expect(seconds).toBeGreaterThanOrEqual(startS + 6 - 1e-6)
    expect(seconds).toBeLessThanOrEqual(startS + 6 + 2 / fps)
  }

  it('follows eyes closed for 6 s, under the incident of the sleep before', () => {
    const told = tell([open(3), closed(7), open(3)], fps)
    at6(told, 3)
    expect(risesOf(told)).toEqual(['microsleep/2', 'sleep/3', 'unresponsive/4'])
    expect(new Set(told.decisions.map(({ incident }) => incident)).size).toBe(1)
    expect(told.decisions.at(-1)).toMatchObject({ rule: 'unresponsive', level: 4, phase: 'ended' })
  })

  it('does not follow a closure of 5.8 s, though the answer is complete only after 6 s', () => {
    expect(risesOf(tell([open(3), closed(5.8), open(3)], fps))).toEqual(['microsleep/2', 'sleep/3'])
  })

  it('follows eyes that are never open for a whole second within 3 s after the alarm', () => {
    const told = tell([open(3), closed(3.4), flutter(6), open(3)], fps)
    const [seconds] = secondsOf(told, 'unresponsive', 'escalated')
    // An opening that has begun in time may be completed: up to a second later.
    expect(seconds).toBeGreaterThanOrEqual(9 - 1e-6)
    expect(seconds).toBeLessThanOrEqual(10 + 2 / fps)
    expect(told.decisions.find(({ rule }) => rule === 'unresponsive')?.evidence.cause).toBe('no-answer')
  })

  it('takes the button for an answer, but not while the eyes stay closed for 6 s', () => {
    expect(risesOf(tell([open(3), closed(3.4), pressing(flutter(6)), open(3)], fps))).toEqual(['microsleep/2', 'sleep/3'])
    at6(tell([open(3), closed(4), pressing(closed(3)), open(3)], fps), 3)
  })

  it('follows 6 s of which the last were out of sight', () => {
    at6(tell([open(3), closed(1.5), unseen(8), open(3)], fps), 3)
  })

  it('is never raised by looking away, not even after a microsleep', () => {
    expect(risesOf(tell([open(3), away(20), open(3)], fps))).not.toContain('unresponsive/4')
    expect(risesOf(tell([open(3), closed(1.5), open(0.5), away(20), open(3)], fps))).not.toContain('unresponsive/4')
    expect(risesOf(tell([open(3), closed(1.5), away(20), open(3)], fps))).not.toContain('unresponsive/4')
  })

  it('waits while there is no camera: no answer can be seen', () => {
    expect(risesOf(tell([open(3), closed(4), unseen(5, 'no-camera'), open(3)], fps))).not.toContain('unresponsive/4')
  })
})
