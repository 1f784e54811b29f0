/** Runs the locator over a recording beside the reference: one row a frame. */
import { performance } from 'node:perf_hooks'
import type { Located, Locator } from '../../daemon/vision/locate/types.js'
import { framesOf, type Recording } from './recordings.js'
import type { Reference } from './yunet.js'

export type Look = {
  recording: Recording
  /** Ordinal in the recording. */
  frame: number
  atSeconds: number
  width: number
  height: number
  located: Located
  reference: Reference | null
  locateMs: number
}

export const looksAt = async (locator: Locator, recording: Recording, reference: readonly (Reference | null)[]): Promise<Look[]> => {
  locator.reset()
  const rows: Look[] = []
  for await (const frame of framesOf(recording.file)) {
    const startMs = performance.now()
    const located = await locator.locate(frame)
    const locateMs = performance.now() - startMs
    const { at, width, height } = frame
    rows.push({
      recording,
      frame: rows.length,
      atSeconds: at / 1000,
      width,
      height,
      located,
      reference: reference[rows.length] ?? null,
      locateMs,
    })
  }
  return rows
}
