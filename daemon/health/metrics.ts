/** What the daemon measures of itself while it runs: frames a second, time from frame to verdict. */

// Own: long enough to be steady, short enough to show a camera that slows down within one heartbeat.
const WINDOW_MS = 10_000

export interface Metrics {
  /** One judged frame: when it was captured and when its verdict stood, ms on the monotonic clock. */
  judged(capturedMs: number, nowMs: number): void
  /** Frames a second and the median ms from frame to verdict over the last 10 s. */
  read(nowMs: number): { fps: number; latencyMs: number }
}

export function createMetrics(): Metrics {
  let frames: Array<{ atMs: number; latencyMs: number }> = []
  const forget = (nowMs: number) => {
    frames = frames.filter(({ atMs }) => atMs > nowMs - WINDOW_MS)
  }
  return {
    judged(capturedMs, nowMs) {
      frames.push({ atMs: nowMs, latencyMs: nowMs - capturedMs })
      // Trimmed now and then: on every frame it would copy the list for nothing.
      if (frames.length > 2 * 60 * (WINDOW_MS / 1000)) forget(nowMs)
    },
    read(nowMs) {
      forget(nowMs)
      const latencies = frames.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b)
      const first = frames[0]
      const spanMs = first === undefined ? 0 : nowMs - first.atMs
      return {
        fps: spanMs > 0 ? Number(((frames.length * 1000) / spanMs).toFixed(1)) : 0,
        latencyMs: Number((latencies[Math.floor(latencies.length / 2)] ?? 0).toFixed(1)),
      }
    },
  }
}
