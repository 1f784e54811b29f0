/** What scripts/arm64/frame.mjs and count.c say between them, a frame at a time. */

/** Instructions of all threads for one frame. */
export type FrameCount = { read: number; look: number; seen: boolean }

const COUNT = /^count \d+ (\d+)$/
const FRAME = /^frame \d+ (seen|unseen)$/

/**
 * Reads the lines of a run: before a frame's own line stand the counts when it began, was read, and was judged. Frames without counts, of the
 * warm-up, are left out; lines of anybody else too.
 * @throws when a frame has another number of counts
 */
export const framesOf = (lines: readonly string[]): FrameCount[] => {
  const frames: FrameCount[] = []
  let counts: number[] = []
  for (const line of lines) {
    const count = COUNT.exec(line)?.[1]
    if (count !== undefined) counts.push(Number(count))
    const frame = FRAME.exec(line)?.[1]
    if (frame === undefined) continue
    const [begun, read, judged] = counts
    if (counts.length === 3 && begun !== undefined && read !== undefined && judged !== undefined) {
      frames.push({ read: read - begun, look: judged - read, seen: frame === 'seen' })
    } else if (counts.length > 0) throw new Error(`"${line}" stands after ${counts.length} counts; wanted: 3`)
    counts = []
  }
  return frames
}
