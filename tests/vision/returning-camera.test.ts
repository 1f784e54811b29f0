/** A camera that comes back under another number: what one vision process saw, the next one looks for. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { startVisionHost, type VisionHost } from '../../daemon/vision/host.js'
import { createMemory } from '../../daemon/vision/memory.js'
import type { FromVision } from '../../daemon/vision/protocol.js'
import { spawnWorker } from '../../daemon/vision/spawn.js'
import { createTree } from '../camera/tree.js'

const plugged = fileURLToPath(new URL('./children/plugged.mjs', import.meta.url))
const worker = path.join(import.meta.dirname, '../../dist/vision/worker.js')

const tree = createTree()
let host: VisionHost | null = null
afterEach(async () => {
  await host?.close()
  host = null
})
afterAll(() => tree.remove())

// The kernel's side ends at a false /dev, so the real process cannot open what it finds there: it says which it tried.
it('the real vision process opens what the one before saw, whatever has its number now', async () => {
  tree.plug({ number: 0, id: 'B', socket: '1.2' })
  tree.plug({ number: 2, id: 'A' })
  const { camera, ...config } = defaultConfig()
  const whys: string[] = []
  let begun = 0
  host = startVisionHost({
    config: { ...config, camera: { ...camera, device: tree.file('video0') } },
    times: { backoffMs: 50 },
    spawn: () => spawnWorker(begun++ === 0 ? plugged : worker),
    onState: (state) => state.name === 'restarting' && whys.push(state.why),
    onObservation: () => undefined,
  })
  await vi.waitFor(() => expect(whys.length).toBeGreaterThanOrEqual(2), { timeout: 60_000, interval: 50 })
  expect(whys[0]).toBe('camera A gives no more frames')
  expect(whys[1]).toContain(`${tree.file('video2')} cannot be opened as a camera`)
})

describe('the memory of a camera', () => {
  const camera = { device: '/dev/video0', name: 'A', id: 'A', socket: null, part: ':1.0-video-index0', beside: [] }
  const ready = (isStandIn: boolean): Extract<FromVision, { type: 'ready' }> => ({
    type: 'ready',
    camera: 'a camera',
    fps: 30,
    classifier: 'onnx',
    instead: null,
    onCpu: null,
    size: null,
    seen: { camera, isStandIn },
  })

  it('knows for how long it has been away, which ends with itself and not with another in its place', () => {
    const memory = createMemory()
    expect(memory.tell(0)).toBeNull()
    memory.hear(ready(false), 1000)
    expect(memory.tell(4000)).toEqual({ camera, absentMs: 3000 })
    memory.hear(ready(true), 5000)
    expect(memory.tell(6000)?.absentMs).toBe(5000)
    memory.hear(ready(false), 7000)
    expect(memory.tell(7000)?.absentMs).toBe(0)
  })

  it('forgets it once something without a name is watched', () => {
    const memory = createMemory()
    memory.hear(ready(false), 1000)
    memory.hear({ ...ready(false), seen: null }, 2000)
    expect(memory.tell(3000)).toBeNull()
  })
})
