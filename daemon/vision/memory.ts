/** What the main process remembers of the camera, from one vision process to the next. */
import type { Absent, Remembered } from './camera/remembered.js'
import type { FromVision } from './protocol.js'

export interface Memory {
  /** Told of every message. */
  hear(message: FromVision, nowMs: number): void
  /** For the next vision process; null: no camera with a stable name was seen yet. */
  tell(nowMs: number): Absent | null
}

export function createMemory(): Memory {
  let camera: Remembered | null = null
  let isStandIn = false
  let lastMs = 0
  return {
    hear(message, nowMs) {
      if (message.type === 'ready') {
        camera = message.seen?.camera ?? null
        isStandIn = message.seen?.isStandIn ?? false
      }
      if ((message.type === 'ready' || message.type === 'observed') && !isStandIn) lastMs = nowMs
    },
    tell: (nowMs) => (camera === null ? null : { camera, absentMs: Math.max(0, nowMs - lastMs) }),
  }
}
