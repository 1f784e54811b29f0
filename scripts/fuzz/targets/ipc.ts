/** Damaged messages between the two processes: each is refused, or one that the judgement takes without harm. */
import { defaultConfig } from '../../../daemon/config/schema.js'
import { createJudgement } from '../../../daemon/judgement/index.js'
import { policyOf } from '../../../daemon/judgement/policy.js'
import { type FromVision, fromVision, type ToVision, toVision } from '../../../daemon/vision/protocol.js'
import { damaged, disfigured, pick } from '../mutate.js'
import { checkTime, FuzzFault, type Target, trying } from './types.js'

const eye = { closed: 0.1, visible: 1, center: [310.5, 240], size: 60 } as const
const camera = { device: '/dev/video0', name: 'A', id: 'A', socket: null, part: ':1.0-video-index0', beside: ['B'] }
const seen = { camera, isStandIn: false }
const right: readonly (FromVision | ToVision)[] = [
  {
    type: 'observed',
    observation: {
      ...{ at: 1000, frame: 4, left: { ...eye, center: [310.5, 240] }, right: { ...eye, center: [250, 240] } },
      face: { confidence: 0.9, box: [200, 150, 200, 240], yaw: 1, pitch: -3, roll: 0 },
      ...{ unseen: { left: null, right: null }, scene: { brightness: 110, sharpness: 40 } },
    },
    stageMs: { locate: 1, cut: 0.1, classify: 0.3 },
  },
  { type: 'ready', camera: '/dev/video0', fps: 30, classifier: 'onnx', instead: null, onCpu: null, size: null, seen },
  { type: 'ended', frames: 300 },
  { type: 'failed', code: 'camera-lost', message: 'gone' },
  { type: 'start', probationMs: 0, remembered: { camera: seen.camera, absentMs: 1000 }, config: defaultConfig() },
  { type: 'spare', isOn: true },
  { type: 'stop' },
]

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Node's channel refuses it in the same way.
    return text
  }
}

export const ipc: Target = async (random, inputs, mayGoOn) => {
  const judgement = createJudgement(policyOf(defaultConfig().judgement))
  let taken = 0
  let nowMs = 0
  for (let n = 0; n < inputs; n++) {
    checkTime(n, mayGoOn)
    // Half of them observations: they go furthest.
    const message = random.chance(0.5) ? right[0] : pick(random, right)
    const text = JSON.stringify(random.chance(0.8) ? disfigured(message, random) : message)
    const input = random.chance(0.2) ? damaged(text, random) : text
    nowMs += random.between(1, 200)
    taken += await trying(input, () => {
      const value = parsed(input)
      const there = toVision.safeParse(value).success
      const { data } = fromVision.safeParse(value)
      if (data?.type === 'observed') {
        // A time that goes back is left out before the judgement.
        const { level, closedMs } = judgement.observe({ ...data.observation, at: nowMs })
        if (!(level >= 0 && level <= 4) || !Number.isFinite(closedMs)) throw new FuzzFault(`level ${level}, closed for ${closedMs} ms`)
      }
      return Number(there || data !== undefined)
    })
  }
  return taken
}
