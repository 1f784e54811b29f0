/** Memory and share of a core of the real daemon. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Daemon, startDaemon } from './daemon.js'
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

/** The daemon as fast as it goes: both processes' RSS after `settled` frames, and `frames` frames later. */
export async function runFor(recording: string, settled: number, frames: number): Promise<Growth> {
  const daemon = await startDaemon(recording, false)
  const seen = async (wanted: number) => {
    for (;;) {
      const now = await daemon.frames()
      if (now >= wanted) return now
      await sleep(200)
    }
  }
  try {
    const first = await seen(settled)
    const fromMb = memory(daemon).rssMb
    const last = await seen(first + frames)
    const toMb = memory(daemon).rssMb
    return { frames: last - first, fromMb, toMb, growthMb: Number((toMb - fromMb).toFixed(1)) }
  } finally {
    await daemon.stop()
  }
}
