/** The vision process: frame → observation → parent, until told to stop. It holds no rule and no retry. */
import { reasonOf } from '../reason-of.js'
import { openCamera } from './camera/index.js'
import { createSizeWatch, sizeFault } from './camera/size.js'
import { CameraError } from './camera/types.js'
import { visionCodeOf } from './codes.js'
import { createFreshness, sampleOf } from './frozen.js'
import { openWatching } from './open.js'
import { opencv } from './opencv.js'
import type { Stage } from './patience.js'
import { type FromVision, type ToVision, toVision } from './protocol.js'
import { createShower } from './shower.js'

/** Resolves once the message is handed to the pipe: a parent that reads slowly slows the loop instead of filling the memory. */
const send = (message: FromVision): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })

/** Before what may hang, or take long. */
const say = (stage: Stage): Promise<void> => send({ type: 'starting', stage })

let stopping = false
// Under strain: the lowest rate at which every rule still holds (judgement, policy: blink rules from 15 a second on), and a little more.
const SPARING_EVERY_MS = 1000 / 16
let isSparing = false
const shower = createShower(
  (picture) => send({ type: 'shown', picture }),
  (message) => send({ type: 'unshown', message }),
)

async function run({ config, probationMs, remembered }: Extract<ToVision, { type: 'start' }>): Promise<void> {
  const { chain, classifier, instead, onCpu } = await openWatching(config, say)
  await say('loading OpenCV')
  opencv()
  await say('opening the camera')
  const camera = openCamera(config.camera, remembered)
  await say('waiting for pictures')
  // A script may hold a picture for as long as it likes.
  const freshness = createFreshness()
  const isScripted = config.camera.kind === 'scripted'
  const watchSize = createSizeWatch(camera.name)
  let isLive = false
  let firstMs: number | null = null
  let dueMs = Number.NEGATIVE_INFINITY
  let frames = 0
  while (!stopping) {
    const frame = await camera.next()
    if (frame === null) break
    if (isSparing && frame.at < dueMs) {
      frame.release()
      continue
    }
    dueMs = Math.max(dueMs, frame.at - SPARING_EVERY_MS) + SPARING_EVERY_MS
    firstMs ??= frame.at
    try {
      watchSize(frame)
      const fresh = isScripted ? 'fresh' : freshness(sampleOf(frame), frame.at)
      if (fresh === 'frozen')
        throw new CameraError('camera-frozen', `${camera.name} gives the same picture again and again; it is opened anew`)
      const look = await chain.look(frame, frames)
      const { observation, stageMs } = look
      // A camera that was frozen must not pass for one that sees, not even for as long as it gives one new picture when it is opened anew.
      if (!isLive && fresh === 'fresh' && frame.at - firstMs >= probationMs) {
        isLive = true
        const size = sizeFault(config.camera, frame)
        await send({ type: 'ready', camera: camera.name, fps: camera.fps, classifier, instead, onCpu, size, seen: camera.seen ?? null })
      }
      if (isLive) {
        await send({ type: 'observed', observation, stageMs })
        if (!isSparing) shower.offer(frame, look)
      } else await say('waiting for pictures')
    } finally {
      frame.release()
    }
    frames += 1
  }
  await camera.close()
  await chain.close()
  await send({ type: 'ended', frames })
}

async function end(): Promise<void> {
  stopping = true
  if (process.connected) process.disconnect()
}

function fail(fault: unknown): Promise<void> {
  return send({ type: 'failed', code: visionCodeOf(fault), message: reasonOf(fault) })
}

process.on('message', (raw) => {
  const { data: message, error } = toVision.safeParse(raw)
  if (message?.type === 'stop') {
    stopping = true
    return
  }
  if (message?.type === 'spare') {
    isSparing = message.isOn
    return
  }
  if (message?.type === 'show') {
    shower.every(message.everyMs)
    return
  }
  const work =
    message === undefined ? fail(new Error(`the main process sent a message that is none of the protocol's: ${error}`)) : run(message)
  work.catch(fail).finally(end)
})

// Ctrl-C and systemd signal the whole group; the parent decides, and ends us in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined)

// The parent is gone: nobody listens, and a camera must not stay open for nobody.
process.on('disconnect', () => process.exit(0))
