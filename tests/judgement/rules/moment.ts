/** One moment for a rule under test: all is well, but for what the test says. */

import type { Moment } from '../../../daemon/judgement/rule.js'
import type { Closure } from '../../../daemon/judgement/signs/closure.js'
import type { LostSight } from '../../../daemon/judgement/signs/lost-sight.js'
import type { Measures } from '../../../daemon/judgement/signs/measures.js'
import type { Observation } from '../../../daemon/observation.js'

type Said = Partial<Omit<Moment, 'observation' | 'measures' | 'stretches' | 'eyes' | 'inputs'>> & {
  observation?: Partial<Observation>
  measures?: Partial<Measures>
  stretches?: Partial<Moment['stretches']>
  eyes?: Partial<Moment['eyes']>
  inputs?: Partial<Moment['inputs']>
}

const eye = { closed: 0.05, visible: 1, center: [0, 0] as [number, number], size: 60 }

const face = { confidence: 0.9, box: [0, 0, 100, 100] as [number, number, number, number], yaw: 0, pitch: 0, roll: 0 }

export const closure = (said: Partial<Closure> = {}): Closure => ({
  ...{ startedMs: 1000, closedMs: 1000, seenShare: 1, confidence: 0.9, peak: 0.95 },
  ...said,
})

export const lostSight = (said: Partial<LostSight> = {}): LostSight => ({
  ...{ after: 'closure', startedMs: 1000, clockMs: 3000, confidence: 0.5, isSlump: true, isAway: false },
  ...said,
})

export const moment = (atMs: number, said: Said = {}): Moment => ({
  ...{ closures: { running: null, seenClosed: false, ended: null }, lost: null, ahead: { yaw: 0, pitch: 0 }, away: null, standing: null },
  ...said,
  atMs,
  observation: {
    ...{ at: atMs, frame: 0, face, left: eye, right: eye, unseen: { left: null, right: null }, scene: { brightness: 100, sharpness: 50 } },
    ...said.observation,
  },
  inputs: { speedKmh: null, acknowledged: false, ...said.inputs },
  eyes: { state: 'open', isShut: false, closed: 0.05, confidence: 0.95, isOneEye: false, ...said.eyes },
  stretches: { openMs: 5000, unseenMs: 0, absentMs: 0, standstillMs: 0, ...said.stretches },
  measures: {
    ...{ coverage: 1, oneEyeShare: 0, perclos60: 0.01, perclos180: 0.01, withheld: null, fps: 30, blinksPerMinute: 15 },
    ...{ blinks180: 45, blinkMs: 180, longBlinkShare: 0, closureMs: 180, blinksRarely: false, nods60: 0, calibrating: false },
    ...{ openLevel: 0.05, ahead: { yaw: 0, pitch: 0 } },
    ...said.measures,
  },
})

/** Nothing is seen, for a reason. */
export const blind = (reason: NonNullable<Observation['unseen']['left']>, withFace = false): Partial<Observation> => ({
  ...{ left: null, right: null, unseen: { left: reason, right: reason } },
  ...(withFace ? {} : { face: null }),
})
