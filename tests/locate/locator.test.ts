import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matFrame } from '../../daemon/vision/frame.js'
import { createLocator } from '../../daemon/vision/locate/index.js'
import type { Locator } from '../../daemon/vision/locate/types.js'
import { opencv } from '../../daemon/vision/opencv.js'

const modelsDir = fileURLToPath(new URL('../../models', import.meta.url))

let locator: Locator
beforeAll(async () => {
  locator = await createLocator({ modelsDir })
})
afterAll(() => locator.close())

/** A gray frame whose pixels come from a fixed sequence that looks like noise. */
const noise = (width: number, height: number): Buffer => {
  let state = 1
  return Buffer.from(
    Uint8Array.from({ length: width * height }, () => {
      state = (state * 48271) % 2147483647
      return state % 256
    }),
  )
}

describe('a frame without a face', () => {
  it.each([
    [0, 'too-dark'],
    [80, 'covered'],
    [255, 'too-bright'],
  ])('of one gray %i gives no face and no eyes, each %s, and the light of the whole frame', async (gray, reason) => {
    const cv = opencv()
    const plain = matFrame(new cv.Mat(480, 640, cv.CV_8UC1, gray), 0)
    expect(await locator.locate(plain)).toEqual({
      face: null,
      left: null,
      right: null,
      unseen: { left: reason, right: reason },
      scene: { brightness: gray, sharpness: 0 },
    })
    plain.release()
  })

  it('is told from one with a face by more than its being black: noise, gray, in portrait, has none either', async () => {
    const cv = opencv()
    const frame = matFrame(new cv.Mat(noise(360, 640), 640, 360, cv.CV_8UC1), 40)
    const { face, scene, unseen } = await locator.locate(frame)
    expect(face).toBeNull()
    expect(unseen).toEqual({ left: 'no-face', right: 'no-face' })
    expect(scene.brightness).toBeGreaterThan(120)
    expect(scene.brightness).toBeLessThan(135)
    frame.release()
  })

  it('that was released before is refused', async () => {
    const cv = opencv()
    const gone = matFrame(new cv.Mat(480, 640, cv.CV_8UC3, [0, 0, 0]), 80)
    gone.release()
    await expect(locator.locate(gone)).rejects.toMatchObject({ code: 'opencv-call' })
  })
})

describe('a folder without the detectors', () => {
  it('is told with the cure', async () => {
    await expect(createLocator({ modelsDir: '/nonexistent' })).rejects.toMatchObject({
      code: 'locator-model-missing',
      message: expect.stringMatching(/blazeface-full-gray\.onnx.*scripts\/setup/),
    })
  })
})
