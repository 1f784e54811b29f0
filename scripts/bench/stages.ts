/**
 * One process, pinned to one core by its parent: the whole chain over a recording, and after each frame the reference network and the way
 * through the pipe, so that whatever else the machine does meets all of them alike. Prints one JSON object.
 * Arguments: recording, frames.
 */
import { performance } from 'node:perf_hooks'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createJudgement } from '../../daemon/judgement/index.js'
import { policyOf } from '../../daemon/judgement/policy.js'
import { openFileCamera } from '../../daemon/vision/camera/file.js'
import { onnxRuntime } from '../../daemon/vision/onnxruntime.js'
import { openChain } from '../../daemon/vision/open.js'
import { openPipe } from './ipc.js'
import { median, spread } from './numbers.js'
import { REFERENCE_SIDE, referenceModel } from './reference.js'

/** Milliseconds of processor time of this process since `before`: what a pinned core would take if nobody else wanted it. */
const cpuMs = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

// Own: the first frames load, compile and acquire.
const WARM_UP_FRAMES = 20

/** The reference network on one picture; gives its time, and its processor time. */
async function openReference(): Promise<() => Promise<{ ms: number; cpu: number }>> {
  const { InferenceSession, Tensor } = await onnxRuntime()
  const session = await InferenceSession.create(referenceModel(), { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 })
  const pixels = Float32Array.from({ length: 3 * REFERENCE_SIDE ** 2 }, (_, at) => Math.sin(at))
  return async () => {
    const cpuBefore = process.cpuUsage()
    const startMs = performance.now()
    await session.run({ picture: new Tensor('float32', pixels, [1, 3, REFERENCE_SIDE, REFERENCE_SIDE]) })
    return { ms: performance.now() - startMs, cpu: cpuMs(cpuBefore) }
  }
}

async function measure(recording: string, frames: number) {
  const config = defaultConfig()
  const chain = await openChain(config)
  const judgement = createJudgement(policyOf(config.judgement))
  const reference = await openReference()
  const json = openPipe('json')
  const advanced = openPipe('advanced')
  const { rotateDegrees, mirror } = config.camera
  const camera = openFileCamera({ path: recording, loop: true, realtime: false, clock: 'recording', rotateDegrees, mirror })
  const times: Record<'read' | 'locate' | 'cut' | 'classify' | 'judge' | 'ipc' | 'ipcAdvanced' | 'frame' | 'all' | 'reference', number[]> =
    {
      read: [],
      locate: [],
      cut: [],
      classify: [],
      judge: [],
      ipc: [],
      ipcAdvanced: [],
      frame: [],
      all: [],
      reference: [],
    }
  const cpu: Record<'frame' | 'reference', number[]> = { frame: [], reference: [] }
  let eyeFrames = 0
  for (let ordinal = -WARM_UP_FRAMES; ordinal < frames; ordinal++) {
    const startMs = performance.now()
    const frame = await camera.next()
    if (frame === null) throw new Error(`${recording} ended in a loop`)
    const cpuBefore = process.cpuUsage()
    const readMs = performance.now()
    const { observation, stageMs } = await chain.look(frame, ordinal + WARM_UP_FRAMES)
    frame.release()
    const lookedMs = performance.now()
    judgement.observe(observation)
    const judgedMs = performance.now()
    const frameCpu = cpuMs(cpuBefore)
    const message = { type: 'observed', observation, stageMs } as const
    const [ipc, ipcAdvanced, yardstick] = [await json.oneWayMs(message), await advanced.oneWayMs(message), await reference()]
    if (ordinal < 0) continue
    const judge = judgedMs - lookedMs
    if (observation.left !== null && observation.right !== null) eyeFrames += 1
    const row = { ...stageMs, read: readMs - startMs, judge, ipc, ipcAdvanced, reference: yardstick.ms, all: judgedMs - startMs }
    cpu.frame.push(frameCpu)
    cpu.reference.push(yardstick.cpu)
    times.frame.push(stageMs.locate + stageMs.cut + stageMs.classify + judge)
    for (const stage of ['read', 'locate', 'cut', 'classify', 'judge', 'ipc', 'ipcAdvanced', 'reference', 'all'] as const)
      times[stage].push(row[stage])
  }
  json.close()
  advanced.close()
  await camera.close()
  await chain.close()
  const { frame, all, reference: referenceTimes, ...stages } = times
  return {
    frames,
    eyeFrames,
    frameMs: median(frame),
    referenceMs: median(referenceTimes),
    cpu: { frameMs: median(cpu.frame), referenceMs: median(cpu.reference) },
    framesPerSecond: Math.round((1000 * all.length) / all.reduce((sum, ms) => sum + ms, 0)),
    stages: Object.fromEntries(Object.entries(stages).map(([name, values]) => [name, spread(values)])),
  }
}

const [recording, frames] = process.argv.slice(2)
if (recording === undefined) throw new Error('stages.ts: which recording?')
process.stdout.write(`${JSON.stringify(await measure(recording, Number(frames)))}\n`)
