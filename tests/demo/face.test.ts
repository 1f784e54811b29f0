/** The demonstration's driver: drawn by code, and yet a face with eyes to the real locator and the real classifier. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFileCamera } from '../../daemon/vision/camera/file.js'
import { createChain } from '../../daemon/vision/chain.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { createLocator } from '../../daemon/vision/locate/index.js'
import { shippedModel, shippedModels } from '../../daemon/vision/models.js'
import { createPainter, type DrawDriver, type Driver } from '../../scripts/demo/face/painter.js'
import { driverAt, marks } from '../../scripts/demo/face/story.js'
import { makeRecording, RecordingError, type Timeline } from '../../scripts/demo/recording.js'

// A quarter of the recording’s size: these pictures are compared, not looked at.
const WIDTH = 320
const HEIGHT = 240
/** Few enough frames to draw within seconds; the daemon's judgement holds from 5 a second on. */
const FPS = 5

const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-face-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const awake: Driver = { lidsClosed: { left: 0, right: 0 }, yawDegrees: 0, pitchDegrees: 0, rollDegrees: 0, seed: 1 }

describe('a picture of the driver', () => {
  let draw: DrawDriver
  beforeAll(() => {
    draw = createPainter()
    draw(awake, WIDTH, HEIGHT)
  }, 60_000)

  const differingRows = (one: Uint8Array, other: Uint8Array): number[] => {
    const rows = new Set<number>()
    one.forEach((value, at) => {
      if (value !== other[at]) rows.add(Math.floor(at / (WIDTH * 3)))
    })
    return [...rows].sort((a, b) => a - b)
  }

  it('is the same, byte by byte, for the same driver, whatever was drawn before', () => {
    const first = draw(awake, WIDTH, HEIGHT)
    draw({ ...awake, yawDegrees: 20, lidsClosed: { left: 1, right: 1 } }, WIDTH, HEIGHT)
    expect(differingRows(first, draw(awake, WIDTH, HEIGHT))).toEqual([])
  })

  it('changes around the eyes only, when the lids close', () => {
    const rows = differingRows(draw(awake, WIDTH, HEIGHT), draw({ ...awake, lidsClosed: { left: 1, right: 1 } }, WIDTH, HEIGHT))
    expect(rows.length).toBeGreaterThan(5)
    expect(rows[0]).toBeGreaterThan(HEIGHT * 0.4)
    expect(rows.at(-1)).toBeLessThan(HEIGHT * 0.52)
  })

  it('shows the driver’s left eye on the right side', () => {
    const open = draw(awake, WIDTH, HEIGHT)
    const winking = draw({ ...awake, lidsClosed: { left: 1, right: 0 } }, WIDTH, HEIGHT)
    const columns = [...open.keys()].filter((at) => open[at] !== winking[at]).map((at) => (at / 3) % WIDTH)
    expect(columns.length).toBeGreaterThan(100)
    expect(Math.min(...columns)).toBeGreaterThan(WIDTH / 2)
  })
})

describe('the story', () => {
  it('keeps the lids shut between its marks and open outside them', () => {
    const closures = marks.filter(({ label }) => label !== 'glance')
    expect(closures.length).toBeGreaterThan(1)
    for (const { startSeconds, endSeconds } of closures) {
      expect(driverAt(startSeconds - 0.1).lidsClosed.left).toBe(0)
      expect(driverAt((startSeconds + endSeconds) / 2).lidsClosed.left).toBe(1)
      expect(driverAt(endSeconds + 0.1).lidsClosed.left).toBe(0)
    }
  })

  it('has one sleep, longer than the 3 s of the rule, after a glance away', () => {
    const sleeps = marks.filter(({ label }) => label === 'closed')
    expect(sleeps.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds)).toEqual([4.5])
    expect(driverAt(5.2).yawDegrees).toBeLessThan(-20)
    expect(driverAt(11).pitchDegrees).toBeLessThan(-10)
  })
})

describe('the recording', () => {
  const file = path.join(folder, 'made', 'driver.avi')
  let timeline: Timeline
  let drawn = 0
  beforeAll(async () => {
    timeline = await makeRecording(file, { fps: FPS, onProgress: (done) => (drawn = done) })
  }, 120_000)

  it('is made with all its frames, and kept when it is asked for again', async () => {
    expect(drawn).toBe(timeline.frames)
    const before = statSync(file).mtimeMs
    expect(await makeRecording(file, { fps: FPS, onProgress: () => expect.unreachable('it was drawn again') })).toEqual(timeline)
    expect(statSync(file).mtimeMs).toBe(before)
  })

  it('says what to do when it cannot be written', async () => {
    const blocker = path.join(folder, 'a-file')
    writeFileSync(blocker, '')
    const failing = makeRecording(path.join(blocker, 'driver.avi'), { fps: FPS })
    await expect(failing).rejects.toBeInstanceOf(RecordingError)
    await expect(failing).rejects.toMatchObject({ code: 'recording-unwritable', message: expect.stringContaining('Choose a folder') })
  })

  /** What the marks say of a moment; null while lids move. */
  const truth = (seconds: number): 'open' | 'closed' | null => {
    const closures = timeline.marks.filter(({ label }) => label !== 'glance')
    if (closures.some((mark) => Math.min(Math.abs(seconds - mark.startSeconds), Math.abs(seconds - mark.endSeconds)) < 0.12)) return null
    return closures.some((mark) => seconds > mark.startSeconds && seconds < mark.endSeconds) ? 'closed' : 'open'
  }

  it('shows a face with two eyes to the locator in every frame, also in the glance and with the head sunk', {
    timeout: 60_000,
  }, async () => {
    const locator = await createLocator({ modelsDir: shippedModels() })
    const camera = openFileCamera({ path: file, loop: false, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
    const confidences: number[] = []
    for (let frame = await camera.next(); frame !== null; frame = await camera.next()) {
      const { face, left, right } = await locator.locate(frame)
      frame.release()
      expect({ at: frame.at, left: left !== null, right: right !== null }).toEqual({ at: frame.at, left: true, right: true })
      confidences.push(face?.confidence ?? 0)
    }
    await Promise.all([locator.close(), camera.close()])
    expect(confidences).toHaveLength(timeline.frames)
    // Real drivers' frames give 0.77 to 0.95.
    expect(Math.min(...confidences)).toBeGreaterThan(0.75)
  })

  const model = shippedModel('onnx')
  it('is read by the classifier as its marks say', { timeout: 60_000 }, async () => {
    const chain = createChain(await createLocator({ modelsDir: shippedModels() }), await createClassifier({ kind: 'onnx', model }))
    const camera = openFileCamera({ path: file, loop: false, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
    const closed = { open: [] as number[], closed: [] as number[] }
    for (let frame = await camera.next(), ordinal = 0; frame !== null; frame = await camera.next(), ordinal++) {
      const { observation } = await chain.look(frame, ordinal)
      frame.release()
      const state = truth(observation.at / 1000)
      if (state !== null) closed[state].push(observation.left?.closed ?? Number.NaN, observation.right?.closed ?? Number.NaN)
    }
    await Promise.all([chain.close(), camera.close()])
    expect(closed.open.length).toBeGreaterThan(80)
    expect(closed.closed.length).toBeGreaterThan(35)
    // Own: far from 0.5 on both sides. Drawn open eyes reach 0.22.
    expect(Math.max(...closed.open)).toBeLessThan(0.3)
    expect(Math.min(...closed.closed)).toBeGreaterThan(0.8)
  })
})
