/** What the fleet is told as the cause when there are no eyes. */
import { expect, it } from 'vitest'
import type { VisionState } from '../../daemon/vision/state.js'
import { createVisionStates } from '../../daemon/wiring/vision-states.js'

// What hears of it is no matter here.
const nobody = new Proxy({}, { get: () => () => undefined }) as never
const running: VisionState = {
  name: 'running',
  camera: 'usb',
  fps: 15,
  classifier: 'onnx',
  instead: null,
  onCpu: null,
  size: null,
  restarts: 0,
}
const restarting = { name: 'restarting', why: 'why', inMs: 100, restarts: 1 } as const

it.each<[string, VisionState[]]>([
  ['vision-starting', []],
  ['vision-silent', [running]],
  ['vision-ended', [running, { ...restarting, code: null }]],
  ['camera-lost', [running, { ...restarting, code: 'camera-lost' }]],
  ['vision-starting', [running, { ...restarting, code: null }, { name: 'starting' }]],
])('there is always one: %s', (cause, states) => {
  const visionStates = createVisionStates(nobody, nobody, nobody, nobody, false)
  for (const state of states) visionStates.follow(state)
  expect(visionStates.absence).toBe(cause)
})
