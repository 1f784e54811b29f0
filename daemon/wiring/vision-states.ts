/** What follows from the states of the vision process: the log, systemd's status line, and the end where there is nothing to wait for. */
import type { Conditions } from '../health/conditions.js'
import type { Notifier } from '../health/notify.js'
import type { Logger } from '../log.js'
import { type Absence, isOfProgram, stateSentence, VisionFault, type VisionState } from '../vision/state.js'
import type { End } from './end.js'

export type VisionStates = {
  /** The newest. */
  readonly current: VisionState
  /** Why there are no eyes at the moment: the code that the vision process told, `vision-ended` where it just died or hung, `vision-starting` before that, `vision-silent` where it should be watching. */
  readonly absence: Absence
  /** What the vision host calls with each. */
  follow(next: VisionState): void
}

// Of a recording or script too these may be over at the next opening.
const passing: ReadonlySet<string> = new Set(['camera-lost', 'camera-frozen', 'camera-size', 'vision-stuck'])

/** @param isRecorded a recording or script: one that cannot be read stays so, and is given up; a model or a native part that cannot be used never ends a watch, whatever it looks at */
export function createVisionStates(log: Logger, notifier: Notifier, conditions: Conditions, end: End, isRecorded: boolean): VisionStates {
  let current: VisionState = { name: 'starting' }
  let hasRun = false
  let absence: Absence = 'vision-starting'
  return {
    get current() {
      return current
    },
    get absence() {
      return absence
    },
    follow(next) {
      const isNews = !(next.name === 'restarting' && current.name === 'restarting' && next.why === current.why)
      current = next
      if (next.name === 'starting') absence = 'vision-starting'
      if (next.name === 'restarting') absence = next.code ?? 'vision-ended'
      else if (next.name === 'running') absence = 'vision-silent'
      if (next.name === 'restarting') log[isNews ? 'error' : 'debug'](stateSentence(next))
      else log.info(stateSentence(next))
      notifier.status(stateSentence(next))
      if (next.name === 'running') {
        conditions.tell('eyes-unusable', false, 'The models and the native parts of the eyes are in use.')
        const why =
          next.instead === null
            ? 'The configured models are in use.'
            : `A shipped model is in use in place of the configured one: ${next.instead}`
        conditions.tell('model-fallback', next.instead !== null, why)
        const provider =
          next.onCpu === null
            ? 'The classifier runs with the configured provider.'
            : `The classifier runs on the CPU in place of classifier.provider: ${next.onCpu}`
        conditions.tell('provider-fallback', next.onCpu !== null, provider)
        conditions.tell('picture-size', next.size !== null, next.size ?? 'The camera gives pictures of the size that was asked for.')
      }
      if (next.name === 'ended') end.finish('the end of the recording')
      hasRun ||= next.name === 'running'
      if (next.name !== 'restarting' || next.code === null) return
      if (isOfProgram(next.code)) conditions.tell('eyes-unusable', true, `Nobody is watched until the program is mended: ${next.why}`)
      // A camera may be plugged in yet, and a vehicle is never given up. A recording that could never be read stays so.
      else if (isRecorded && !hasRun && !passing.has(next.code)) end.giveUp(new VisionFault(next.code, next.why))
    },
  }
}
