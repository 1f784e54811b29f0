/** Memory and share of a core of the real daemon. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Daemon, startDaemon } from './daemon.js'
import { median } from './numbers.js'
import { cpuMsOf, type Memory, memoryOf } from './proc.js'

type Both = { main: Memory; vision: Memory; rssMb: number; pssMb: number }
export type Running = { seconds: number; fps: number; memory: Both; coreShare: number; mainShare: number; visionShare: number }
export type Growth = { frames: number; fromMb: number; toMb: number; growthMb: number }

const memory = ({ main, vision }: Daemon): Both => {
  const both = { main: memoryOf(main), vision: memoryOf(vision) }
  const sum = (key: 'rssMb' | 'pssMb') => Number((both.main[key] + both.vision[key]).toFixed(1))
  return { ...both, rssMb: sum('rssMb'), pssMb: sum('pssMb') }
}

/** The daemon at the recording's own pace, after it has settled for 5 s, for some seconds. */
export async function runAtPace(recording: string, seconds: number): Promise<Running> {
  const daemon = await startDaemon(recording, true)
  try {
    await sleep(5000)
    const used = () => ({ atMs: performance.now(), main: cpuMsOf(daemon.main), vision: cpuMsOf(daemon.vision) })
    const [before, framesBefore] = [used(), await daemon.frames()]
    await sleep(seconds * 1000)
    const [after, framesAfter] = [used(), await daemon.frames()]
    const tookMs = after.atMs - before.atMs
    const share = (key: 'main' | 'vision') => Number(((after[key] - before[key]) / tookMs).toFixed(4))
    const [mainShare, visionShare] = [share('main'), share('vision')]
    return {
      seconds,
      fps: Number(((1000 * (framesAfter - framesBefore)) / tookMs).toFixed(1)),
      memory: memory(daemon),
      coreShare: Number((mainShare + visionShare).toFixed(4)),
      mainShare,
      visionShare,
    }
  } finally {
    await daemon.stop()
  }
}

// Own: a resident set swings by several MB with each sweep of the garbage collector; the middle of a thousand frames' samples does not.
const WINDOW_FRAMES = 1000
const SAMPLE_MS = 100

/** The daemon as fast as it goes: both processes' RSS in the thousand frames after `settled`, and in the thousand that end `frames` frames later. */
export async function runFor(recording: string, settled: number, frames: number): Promise<Growth> {
  const daemon = await startDaemon(recording, false)
  const samples: { frames: number; rssMb: number }[] = []
  const sample = async (): Promise<number> => {
    const seen = await daemon.frames()
    samples.push({ frames: seen, rssMb: memory(daemon).rssMb })
    return seen
  }
  const until = async (wanted: number): Promise<number> => {
    for (;;) {
      const seen = await sample()
      if (seen >= wanted) return seen
      await sleep(SAMPLE_MS)
    }
  }
  try {
    const first = await until(settled)
    const last = await until(first + frames)
    const middle = (from: number, to: number) =>
      median(samples.filter((each) => each.frames >= from && each.frames <= to).map(({ rssMb }) => rssMb))
    const window = Math.min(WINDOW_FRAMES, frames / 2)
    const [fromMb, toMb] = [middle(first, first + window), middle(last - window, last)]
    return { frames: last - first, fromMb, toMb, growthMb: Number((toMb - fromMb).toFixed(1)) }
  } finally {
    await daemon.stop()
  }
}
