/** Thins a recording to a lower frame rate by its time stamps. */

/**
 * @param fps frames a second to keep, or null for all
 * @returns a predicate over rising times in ms: whether the frame at that time is kept. The first one always is.
 */
export function createThinner(fps: number | null): (atMs: number) => boolean {
  if (fps === null) return () => true
  const stepMs = 1000 / fps
  let dueMs: number | null = null
  return (atMs) => {
    dueMs ??= atMs
    // Half a millisecond: time stamps are rounded, and a frame that is due must not slip to the next one.
    if (atMs < dueMs - 0.5) return false
    while (dueMs <= atMs + 0.5) dueMs += stepMs
    return true
  }
}
