/** The state of the vision process, and how it reads in the log. */
import { CodedError } from '../coded.js'
import type { VisionCode } from './codes.js'

export { type Absence, isOfProgram } from './codes.js'

export type VisionState =
  | { name: 'starting' }
  /** `instead`: why the configured model is not the one in use; null: it is. `onCpu`: why the classifier runs on the CPU where another provider was asked for; null: it does as asked. `size`: what is wrong with the size of the pictures; null: nothing. */
  | {
      name: 'running'
      camera: string
      fps: number
      classifier: string
      instead: string | null
      onCpu: string | null
      size: string | null
      restarts: number
    }
  /** `code` is that of the error that the vision process told, or null when it just died. */
  | { name: 'restarting'; why: string; code: VisionCode | null; inMs: number; restarts: number }
  | { name: 'ended'; frames: number }
  | { name: 'stopped' }

/** A recording or a script that cannot be used: the vision process said so, with the code of its error. */
export class VisionFault extends CodedError<VisionCode> {
  override readonly name = 'VisionFault'
}

/** One sentence, for the log and for systemd's status line. */
export function stateSentence(state: VisionState): string {
  switch (state.name) {
    case 'starting':
      return 'The vision process is starting.'
    case 'running':
      return `Watching ${state.camera} with the ${state.classifier} classifier${state.restarts > 0 ? ` (restarts so far: ${state.restarts})` : ''}.`
    case 'restarting':
      return `Vision is down, and started again in ${(state.inMs / 1000).toFixed(1)} s (restart ${state.restarts}): ${state.why}${state.code === null ? '' : ` [${state.code}]`}`
    case 'ended':
      return `The recording is over after ${state.frames} frames.`
    case 'stopped':
      return 'The vision process has stopped.'
  }
}
