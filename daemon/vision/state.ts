/** The state of the vision process, and how it reads in the log. */

export type VisionState =
  | { name: 'starting' }
  | { name: 'running'; camera: string; fps: number; classifier: string; restarts: number }
  | { name: 'restarting'; why: string; inMs: number; restarts: number }
  | { name: 'ended'; frames: number }
  | { name: 'stopped' }

/** One sentence, for the log and for systemd's status line. */
export function stateSentence(state: VisionState): string {
  switch (state.name) {
    case 'starting':
      return 'The vision process is starting.'
    case 'running':
      return `Watching ${state.camera} with the ${state.classifier} classifier${state.restarts > 0 ? `, after ${state.restarts} restarts` : ''}.`
    case 'restarting':
      return `Vision is down: ${state.why}. It is started again in ${(state.inMs / 1000).toFixed(1)} s (restart ${state.restarts}).`
    case 'ended':
      return `The recording is over after ${state.frames} frames.`
    case 'stopped':
      return 'The vision process has stopped.'
  }
}
