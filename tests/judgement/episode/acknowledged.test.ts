import { describe, expect, it } from 'vitest'
import { closed, defaultPolicy, flutter, open, pressing, risesOf, signalsOf, tell, unseen } from '../story.js'

// Eyes that are open for a moment at a time: a warning stands on without being answered.
const dozing = (seconds: number) => flutter(seconds)

describe('the acknowledge button', () => {
  it('quiets a warning and leaves the light', () => {
    const told = tell([open(3), closed(1.5), pressing(dozing(5)), open(3)], 30)
    expect(signalsOf(told, 4.1, 4.5)).toEqual(['warn'])
    expect(signalsOf(told, 4.5, 9.5)).toEqual(['quiet'])
    expect(risesOf(told)).toEqual(['microsleep/2'])
  })

  it('quiets "cannot see you" for the time that is set, no longer', () => {
    const told = tell([open(3), unseen(10), pressing(unseen(30)), open(3)], 10, { ...defaultPolicy, acknowledgeMs: 12_000 })
    expect(signalsOf(told, 13, 24.9)).toEqual(['quiet'])
    expect(signalsOf(told, 25.1, 43)).toEqual(['cannot-see'])
  })

  it('has no effect on an alarm, nor on an emergency', () => {
    const told = tell([open(3), closed(4), pressing(closed(1)), closed(3), pressing(closed(1)), open(3)], 30)
    expect(signalsOf(told, 6.1, 8.9)).toEqual(['alarm'])
    expect(signalsOf(told, 9.1, 12)).toEqual(['emergency'])
  })

  it('is over as soon as the level rises', () => {
    const told = tell([open(3), closed(1.5), pressing(closed(2)), open(3)], 30)
    expect(signalsOf(told, 4.6, 5.9)).toEqual(['quiet'])
    expect(signalsOf(told, 6.1, 6.5)).toEqual(['alarm'])
  })

  it('is over with the next closure that reaches a step, in the same episode too', () => {
    const told = tell([open(3), closed(1.5), pressing(open(0.5)), closed(1.5), open(3)], 30)
    expect(signalsOf(told, 4.6, 5.9)).toEqual(['quiet'])
    expect(signalsOf(told, 6.1, 6.5)).toEqual(['warn'])
  })

  it('cannot be pressed in advance: there is no pause', () => {
    expect(signalsOf(tell([pressing(open(3)), closed(1.5), open(3)], 30), 4.1, 4.5)).toEqual(['warn'])
    expect(signalsOf(tell([open(3), pressing(closed(1.5)), open(3)], 30), 4.1, 4.5)).toEqual(['warn'])
  })

  it('clears no counter: the clock of the closure runs on', () => {
    expect(risesOf(tell([open(3), closed(1.5), pressing(closed(5)), open(3)], 30))).toEqual(['microsleep/2', 'sleep/3', 'unresponsive/4'])
  })
})
