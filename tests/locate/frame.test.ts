import { describe, expect, it } from 'vitest'
import { matFrame } from '../../daemon/vision/frame.js'
import { guarded, OpencvError, opencv } from '../../daemon/vision/opencv.js'

const cv = opencv()
const WIDTH = 64
const HEIGHT = 48

/** A gray frame whose pixel at column x, row y is paint(x, y). */
const grayFrame = (paint: (x: number, y: number) => number, width = WIDTH, height = HEIGHT) =>
  matFrame(
    new cv.Mat(
      Buffer.from(Uint8Array.from({ length: width * height }, (_, at) => paint(at % width, Math.floor(at / width)))),
      height,
      width,
      cv.CV_8UC1,
    ),
    0,
  )

const colourFrame = (blue: number, green: number, red: number) => matFrame(new cv.Mat(HEIGHT, WIDTH, cv.CV_8UC3, [blue, green, red]), 40)

describe('a cut', () => {
  it('of the same scale gives the very pixels of the frame', () => {
    const frame = grayFrame((x, y) => x + 2 * y)
    const { data } = frame.cutGray({ center: [20, 15], size: 8, roll: 0 }, 8)
    expect([...data.slice(0, 8)]).toEqual([38, 39, 40, 41, 42, 43, 44, 45])
    expect(data[63]).toBe(23 + 2 * 18)
    frame.release()
  })

  it('turned clockwise by 90° takes its upper edge from the right', () => {
    const frame = grayFrame((x) => (x < 32 ? 0 : 200))
    const { data } = frame.cutGray({ center: [32, 24], size: 16, roll: 90 }, 16)
    expect(data[8]).toBe(200)
    expect(data[15 * 16 + 8]).toBe(0)
    frame.release()
  })

  it('that shrinks averages what it covers instead of picking single pixels', () => {
    const stripes = grayFrame((x) => (x % 2) * 200, 256, 256)
    const { data } = stripes.cutGray({ center: [128, 128], size: 128, roll: 0 }, 32)
    for (const value of data) expect(Math.abs(value - 100)).toBeLessThan(2)
    stripes.release()
  })

  it('that shrinks stays where it was: an edge lies at the same place', () => {
    const edge = grayFrame((x) => (x < 130 ? 0 : 240), 256, 256)
    const { data } = edge.cutGray({ center: [130, 128], size: 120, roll: 0 }, 40)
    const row = [...data.slice(20 * 40, 21 * 40)]
    expect(row.slice(0, 19).every((value) => value === 0)).toBe(true)
    expect(row.slice(21).every((value) => value === 240)).toBe(true)
    edge.release()
  })

  it('for a network is gray in -1..1, and black outside the frame or the part that is given', () => {
    const frame = colourFrame(255, 255, 255)
    const plane = new Float32Array(16 * 16)
    frame.cutPlane({ center: [0, 24], size: 16, roll: 0 }, 16, plane)
    expect([plane[0], plane[15]]).toEqual([-1, 1])
    frame.cutPlane({ center: [8, 24], size: 16, roll: 0 }, 16, plane, { left: 4, top: 0, right: 12, bottom: HEIGHT })
    expect([plane[3], plane[4], plane[11], plane[12]]).toEqual([-1, 1, 1, -1])
    const blue = colourFrame(255, 0, 0)
    blue.cutPlane({ center: [32, 24], size: 16, roll: 0 }, 16, plane)
    // Blue weighs 0.114 in gray (ITU-R BT.601).
    expect(plane[0]).toBeCloseTo(2 * 0.114 - 1, 1)
    frame.release()
    blue.release()
  })

  it('in gray repeats the border outside the frame', () => {
    const frame = grayFrame(() => 77)
    expect(frame.cutGray({ center: [-40, -40], size: 16, roll: 20 }, 16).data.every((value) => value === 77)).toBe(true)
    frame.release()
  })
})

describe('light', () => {
  it('is the brightness of what lies inside the frame, and 0 where nothing does', () => {
    const frame = grayFrame((x) => (x < 32 ? 50 : 150))
    expect(frame.light({ center: [0, 24], size: 32, roll: 0 }).brightness).toBeCloseTo(50, 0)
    expect(frame.light({ center: [-100, 24], size: 32, roll: 0 })).toEqual({ brightness: 0, sharpness: 0 })
    frame.release()
  })

  it('is sharper over a hard edge than over a soft one', () => {
    const hard = grayFrame((x) => (x < 32 ? 0 : 200))
    const soft = grayFrame((x) => x * 3)
    const square = { center: [32, 24], size: 40, roll: 0 } satisfies { center: [number, number]; size: number; roll: number }
    expect(hard.light(square).sharpness).toBeGreaterThan(20 * soft.light(square).sharpness)
    hard.release()
    soft.release()
  })
})

describe('a frame', () => {
  it('keeps its time and its size', () => {
    const frame = colourFrame(1, 2, 3)
    expect([frame.at, frame.width, frame.height]).toEqual([40, WIDTH, HEIGHT])
    frame.release()
  })

  it('can be released twice, but not read after the first', () => {
    const frame = colourFrame(1, 2, 3)
    frame.release()
    expect(() => frame.release()).not.toThrow()
    expect(() => frame.cutGray({ center: [9, 9], size: 9, roll: 0 }, 9)).toThrow(/released before/)
    expect(() => frame.light({ center: [9, 9], size: 9, roll: 0 })).toThrow(OpencvError)
  })

  it('leaves no memory behind in ten thousand cuts', () => {
    const frame = grayFrame((x) => x, 640, 480)
    const square: { center: [number, number]; size: number; roll: number } = { center: [320, 240], size: 400, roll: 10 }
    const plane = new Float32Array(80 * 80)
    for (let round = 0; round < 500; round++) frame.cutPlane(square, 80, plane)
    const before = process.memoryUsage().rss
    for (let round = 0; round < 10_000; round++) frame.cutGray(square, 64)
    // Each round makes about 80 kB of Mats: kept, they would be 800 MB.
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(100)
    frame.release()
  })
})

describe('what the binding throws', () => {
  it('becomes an error that says what was being done', () => {
    const text = 'OpenCV(4.6.0) error: no such thing'
    const shout = () => {
      throw text
    }
    expect(() => guarded('cannot do it', shout)).toThrow(/cannot do it: OpenCV\(4.6.0\) error/)
  })
})
