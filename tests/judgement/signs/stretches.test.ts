/** For how long it has been so, without a break: eyes open, nothing seen, no camera, the vehicle standing. */
import { expect, it } from 'vitest'
import { createStretches } from '../../../daemon/judgement/signs/stretches.js'
import { blind, moment } from '../rules/moment.js'

const at = (atMs: number, reason?: 'no-face' | 'no-camera') =>
  moment(atMs, reason === undefined ? {} : { observation: blind(reason) }).observation
const eyesOf = (state: 'open' | 'closed' | 'unseen') => moment(0, { eyes: { state } }).eyes

it('each counts from its own beginning, and from nought again after a break', () => {
  const stretches = createStretches()
  const course = [
    stretches.step(at(1000), eyesOf('open'), 50),
    stretches.step(at(1500), eyesOf('open'), 4.9),
    stretches.step(at(2000, 'no-face'), eyesOf('unseen'), 0),
    stretches.step(at(3500, 'no-face'), eyesOf('unseen'), 3),
    stretches.step(at(4000, 'no-camera'), eyesOf('unseen'), 5),
    stretches.step(at(6000, 'no-camera'), eyesOf('unseen'), null),
    stretches.step(at(6500), eyesOf('open'), 0),
  ]
  expect(course).toEqual([
    { openMs: 0, unseenMs: 0, absentMs: 0, standstillMs: 0 },
    { openMs: 500, unseenMs: 0, absentMs: 0, standstillMs: 0 },
    { openMs: 0, unseenMs: 0, absentMs: 0, standstillMs: 500 },
    { openMs: 0, unseenMs: 1500, absentMs: 0, standstillMs: 2000 },
    { openMs: 0, unseenMs: 2000, absentMs: 0, standstillMs: 0 },
    { openMs: 0, unseenMs: 4000, absentMs: 2000, standstillMs: 0 },
    { openMs: 0, unseenMs: 0, absentMs: 0, standstillMs: 0 },
  ])
})
