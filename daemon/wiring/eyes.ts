/** The eyes outlive a daemon that is begun anew within the program: only their own settings begin them anew. */
import { startVisionHost, type VisionHost, type VisionOptions } from '../vision/host.js'
import type { VisionState } from '../vision/state.js'

export interface Eyes {
  /** The vision host for a daemon: the one that was left, or a new one. */
  open(options: VisionOptions): VisionHost
  /** The daemon makes way for another: what is seen meanwhile is told to nobody. */
  leave(): void
  /** Ends them, where they were left. */
  close(): Promise<void>
}

export const createEyes = (): Eyes => {
  let opened: VisionHost | null = null
  let left: VisionHost | null = null
  let state: VisionState = { name: 'starting' }
  let listener: VisionOptions | null = null

  const start = (options: VisionOptions): VisionHost =>
    startVisionHost({
      ...options,
      onObservation: (observation, stageMs) => listener?.onObservation(observation, stageMs),
      onPicture: (picture) => listener?.onPicture?.(picture),
      onUnshown: (why) => listener?.onUnshown?.(why),
      onState(next) {
        state = next
        listener?.onState(next)
      },
    })

  const takeOver = (options: VisionOptions, host: VisionHost): VisionHost => {
    options.onState(state)
    host.show(null)
    // Where they cannot begin with other settings, they say so by their state and try on.
    host.exchange(options.config).catch(() => undefined)
    return host
  }

  return {
    open(options) {
      listener = options
      opened = left === null ? start(options) : takeOver(options, left)
      left = null
      return opened
    },
    leave() {
      listener = null
      left = opened
    },
    async close() {
      await left?.close()
      left = null
    },
  }
}
