/** The real vision process before cameras that go wrong: each fault is named, and what comes after it is believed only when it is sound. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { startVisionHost, type VisionHost } from '../../daemon/vision/host.js'
import { opencv, withMats } from '../../daemon/vision/opencv.js'
import type { VisionState } from '../../daemon/vision/state.js'
import { makeRecordings } from '../../scripts/chaos/road/recording.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-faulty-'))

let host: VisionHost | null = null
afterEach(async () => {
  await host?.close()
  host = null
})

function watch(camera: Partial<ReturnType<typeof defaultConfig>['camera']>): VisionState[] {
  const config = defaultConfig()
  const states: VisionState[] = []
  host = startVisionHost({
    config: { ...config, camera: { ...config.camera, ...camera } },
    workerFile: path.join(root, 'dist/vision/worker.js'),
    onState: (state) => states.push(state),
    onObservation: () => undefined,
  })
  return states
}
const named = (states: readonly VisionState[]): string[] =>
  states.map((state) => (state.name === 'restarting' ? `${state.code}` : state.name))
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 50 })

it('a camera whose pictures become smaller is named, opened anew and watched again', async () => {
  const small = path.join(folder, 'small.png')
  const cv = opencv()
  withMats('cannot write a picture', (own) => cv.imwrite(small, own(new cv.Mat(Buffer.alloc(3 * 320 * 240, 90), 240, 320, cv.CV_8UC3))))
  const script = path.join(folder, 'script.json')
  const steps = [
    { gray: 90, seconds: 0.5 },
    { picture: 'small.png', seconds: 5 },
  ]
  writeFileSync(script, JSON.stringify({ fps: 15, steps }))
  const states = watch({ kind: 'scripted', scripted: { path: script } })
  await eventually(() => expect(named(states).slice(0, 4)).toEqual(['starting', 'running', 'camera-size', 'running']))
  const fault = states.find((state) => state.name === 'restarting')
  expect(fault?.why).toContain('320x240 px instead of 640x480 px')
})

// Its recording begins with one picture that differs a little from the rest, as a camera does that gives one new picture when it is opened.
it('a camera that is frozen is named, and not believed for the one new picture that it gives when it is opened anew', async () => {
  const { frozen } = makeRecordings(path.join(root, '.cache/chaos'))
  const states = watch({ kind: 'file', file: { path: frozen, loop: true, realtime: true } })
  await eventually(() => expect(named(states).filter((name) => name === 'camera-frozen').length).toBeGreaterThanOrEqual(2))
  expect(named(states).slice(0, 4)).toEqual(['starting', 'running', 'camera-frozen', 'camera-frozen'])
})
