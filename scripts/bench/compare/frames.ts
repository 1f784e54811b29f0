/** Decodes frames beforehand into one raw file that every contender reads: nobody's decoder is measured. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { openFileCamera } from '../../../daemon/vision/camera/file.js'

/** Consecutive frames of one recording: blue, green, red, a byte each, from `offset` bytes on. */
export type Run = { name: string; offset: number; width: number; height: number; frames: number; fps: number }

/** Writes `frames` frames of each recording, from its second `fromSecond` on. */
export async function decode(recordings: readonly string[], file: string, frames: number, fromSecond: number): Promise<Run[]> {
  const out = openSync(file, 'w')
  const runs: Run[] = []
  let offset = 0
  for (const recording of recordings) {
    const camera = openFileCamera({ path: recording, loop: false, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
    const run: Run = { name: recording, offset, width: 0, height: 0, frames: 0, fps: camera.fps }
    while (run.frames < frames) {
      const frame = await camera.next()
      if (frame === null) break
      if (frame.at >= fromSecond * 1000) {
        const { width, height, data } = frame.bgr()
        writeSync(out, data)
        Object.assign(run, { width, height })
        run.frames += 1
        offset += data.length
      }
      frame.release()
    }
    await camera.close()
    if (run.frames > 0) runs.push(run)
  }
  closeSync(out)
  return runs
}
