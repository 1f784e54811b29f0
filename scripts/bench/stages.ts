/**
 * One process, pinned to one core by its parent: the whole chain over a recording, a second at a time, and after each second of it as many runs of
 * the reference network and ways through the pipe, so that whatever else the machine does meets all of them alike. Prints one JSON object.
 * Arguments: recording, frames.
 */
import { performance } from 'node:perf_hooks'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createJudgement } from '../../daemon/judgement/index.js'
import { policyOf } from '../../daemon/judgement/policy.js'
import { openFileCamera } from '../../daemon/vision/camera/file.js'
import { openChain } from '../../daemon/vision/open.js'
import { openPipe } from './ipc.js'
import { median, spread } from './numbers.js'
import { cpuMsSince } from './proc.js'
import { openReference } from './reference-run.js'

// Own: the first frames load and acquire, and V8 compiles in the first seconds of a watch that lasts for hours.
const WARM_UP_FRAMES = 300
// Own: in turns of a second; one frame in turn with a network of 9 MB would measure how fast the caches fill again.
const TURN_FRAMES = 30

const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; ms: number; cpuMs: number }> => {
  const before = process.cpuUsage()
  const startMs = performance.now()
  const value = await work()
  return { value, ms: performance.now() - startMs, cpuMs: cpuMsSince(before) }
}

async function openStages(recording: string) {
  const config = defaultConfig()
  const { rotateDegrees, mirror } = config.camera
  const camera = openFileCamera({ path: recording, loop: true, realtime: false, clock: 'recording', rotateDegrees, mirror })
  const chain = await openChain(config)
  const judgement = createJudgement(policyOf(config.judgement))
  let ordinal = 0
  return {
    /** One frame through everything: the times of its stages, ms, and the message that would go to the main process. */
    next: async () => {
      const read = await timed(() => camera.next())
      const frame = read.value
      if (frame === null) throw new Error(`${recording} ended in a loop`)
      const looked = await timed(async () => {
        const look = await chain.look(frame, ordinal++)
        frame.release()
        return look
      })
      const { observation, stageMs } = looked.value
      const judged = await timed(async () => judgement.observe(observation))
      const message = { type: 'observed', observation, stageMs } as const
      return { message, ms: { read: read.ms, ...stageMs, judge: judged.ms }, cpuMs: looked.cpuMs + judged.cpuMs }
    },
    close: async () => {
      await camera.close()
      await chain.close()
    },
  }
}

async function measure(recording: string, frames: number) {
  const stages = await openStages(recording)
  const reference = await openReference()
  const pipes = { ipc: openPipe('json'), ipcAdvanced: openPipe('advanced') }
  const times: Record<'read' | 'locate' | 'cut' | 'classify' | 'judge' | 'ipc' | 'ipcAdvanced', number[]> = {
    read: [],
    locate: [],
    cut: [],
    classify: [],
    judge: [],
    ipc: [],
    ipcAdvanced: [],
  }
  const frame: { ms: number[]; cpuMs: number[] } = { ms: [], cpuMs: [] }
  const yardstick: { ms: number[]; cpuMs: number[] } = { ms: [], cpuMs: [] }
  let eyeFrames = 0
  let allMs = 0

  for (let warmed = 0; warmed < WARM_UP_FRAMES; warmed++) await stages.next()
  for (let done = 0; done < frames; done += TURN_FRAMES) {
    const turn = Math.min(TURN_FRAMES, frames - done)
    const messages = []
    for (let at = 0; at < turn; at++) {
      const { message, ms, cpuMs } = await stages.next()
      for (const stage of ['read', 'locate', 'cut', 'classify', 'judge'] as const) times[stage].push(ms[stage])
      const lookedMs = ms.locate + ms.cut + ms.classify + ms.judge
      frame.ms.push(lookedMs)
      frame.cpuMs.push(cpuMs)
      allMs += ms.read + lookedMs
      if (message.observation.left !== null && message.observation.right !== null) eyeFrames += 1
      messages.push(message)
    }
    for (let at = 0; at < turn; at++) {
      const { ms, cpuMs } = await timed(reference)
      yardstick.ms.push(ms)
      yardstick.cpuMs.push(cpuMs)
    }
    for (const message of messages) for (const way of ['ipc', 'ipcAdvanced'] as const) times[way].push(await pipes[way].oneWayMs(message))
  }
  for (const pipe of Object.values(pipes)) pipe.close()
  await stages.close()
  return {
    frames,
    eyeFrames,
    frameMs: median(frame.ms),
    referenceMs: median(yardstick.ms),
    cpu: { frameMs: median(frame.cpuMs), referenceMs: median(yardstick.cpuMs) },
    framesPerSecond: Math.round((1000 * frames) / allMs),
    stages: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, spread(values)])),
  }
}

const [recording, frames] = process.argv.slice(2)
if (recording === undefined) throw new Error('stages.ts: which recording?')
process.stdout.write(`${JSON.stringify(await measure(recording, Number(frames)))}\n`)
