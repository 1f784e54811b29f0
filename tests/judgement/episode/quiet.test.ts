import { describe, expect, it } from 'vitest'
import { atSpeed, closed, open, signalsOf, tell, unseen } from '../story.js'

const quietOf = (told: ReturnType<typeof tell>) =>
  told.decisions.map(({ rule, phase, quiet }) => `${rule} ${phase}${quiet ? ' quiet' : ''}`)

describe('the speed gate', () => {
  it.each([
    [0, true],
    [19.9, true],
    [20, false],
    [null, false],
  ])('at %s km/h an episode begins quietly: %s', (speedKmh, isQuiet) => {
    const told = tell(atSpeed(speedKmh, open(3), closed(4), open(3)), 30)
    expect(told.decisions.map(({ quiet }) => quiet)).toEqual([isQuiet, isQuiet, isQuiet])
    expect(signalsOf(told, 4.1, 7)).toEqual(isQuiet ? ['quiet'] : ['warn', 'alarm'])
  })

  it('never quiets a running alarm by slowing down', () => {
    const told = tell([atSpeed(60, open(3), closed(1.5)), atSpeed(0, closed(3), open(3))].flat(), 30)
    expect(signalsOf(told, 4.1, 7.4)).toEqual(['warn', 'alarm'])
    expect(quietOf(told)).toEqual(['microsleep raised', 'sleep escalated', 'sleep ended'])
  })

  it.each([30, null])('ends the quiet at once when the vehicle drives off, or its speed is no longer known: %s', (speedKmh) => {
    const told = tell([atSpeed(10, open(3), closed(1.5)), atSpeed(speedKmh, closed(3), open(3))].flat(), 30)
    expect(signalsOf(told, 4.1, 4.5)).toEqual(['quiet'])
    expect(signalsOf(told, 4.5, 7.4)).toEqual(['warn', 'alarm'])
    expect(quietOf(told)).toEqual(['microsleep raised quiet', 'sleep escalated', 'sleep ended'])
  })

  it('lets "cannot see you" sound at a standstill where it takes the place of an alarm that sounded', () => {
    const told = tell([atSpeed(60, open(3), closed(4)), atSpeed(0, unseen(30))].flat(), 15)
    expect(signalsOf(told, 20, 37)).toEqual(['cannot-see'])
    expect(signalsOf(tell(atSpeed(0, open(3), unseen(30)), 15), 12, 33)).toEqual(['quiet'])
  })
})
