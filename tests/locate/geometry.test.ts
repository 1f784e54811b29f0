import { describe, expect, it } from 'vitest'
import { createSteadyEyes, eyeCentres } from '../../daemon/vision/locate/eyes.js'
import { turn } from '../../daemon/vision/locate/geometry.js'
import { headPose } from '../../daemon/vision/locate/pose.js'
import { isPlausible } from '../../daemon/vision/locate/sanity.js'
import { eyeSquares, PATCH_PER_EYE_DISTANCE } from '../../daemon/vision/locate/squares.js'
import { isFarEye, unseenReasons } from '../../daemon/vision/locate/visibility.js'
import { faceOf } from './faces.js'

const light = { brightness: 120, sharpness: 100 }
const square = { center: [100, 100], size: 50, roll: 0 } satisfies { center: [number, number]; size: number; roll: number }
const ahead = { yaw: 0, pitch: 0, roll: 0 }

describe('the pose', () => {
  it('of a face that looks into the camera is near zero', () => {
    const { yaw, pitch, roll } = headPose(faceOf({}))
    expect(Math.abs(yaw)).toBeLessThan(1)
    expect(Math.abs(pitch)).toBeLessThan(6)
    expect(roll).toBeCloseTo(0)
  })

  it('is positive to the driver’s left, which is the right of the picture', () => {
    const left = faceOf({ yaw: 25 })
    expect(left.noseTip[0]).toBeGreaterThan(330)
    expect(headPose(left).yaw).toBeGreaterThan(18)
    expect(headPose(left).yaw).toBeLessThan(32)
    expect(headPose(faceOf({ yaw: -25 })).yaw).toBeCloseTo(-headPose(left).yaw)
  })

  it('is positive upwards', () => {
    const change = (pitch: number) => headPose(faceOf({ pitch })).pitch - headPose(faceOf({})).pitch
    expect(change(20)).toBeGreaterThan(14)
    expect(change(-20)).toBeLessThan(-14)
    expect(Math.abs(change(20))).toBeLessThan(26)
  })

  it('is positive clockwise as the camera sees it, and leaves yaw and pitch alone', () => {
    const tilted = headPose(faceOf({ yaw: 20, roll: 30 }))
    expect(tilted.roll).toBeCloseTo(30)
    expect(tilted.yaw).toBeCloseTo(headPose(faceOf({ yaw: 20 })).yaw, 3)
  })
})

describe('the squares', () => {
  it('stand upright on the eye line, each around its own eye', () => {
    const { left, right } = eyeSquares([400, 200], [300, 200])
    expect(left).toEqual({ center: [400, 200], size: PATCH_PER_EYE_DISTANCE * 100, roll: 0 })
    expect(right.center).toEqual([300, 200])
  })

  it('turn clockwise with a head that tilts clockwise', () => {
    expect(eyeSquares([370, 270], [300, 200]).left.roll).toBeCloseTo(45)
  })

  it('keep their size when the head turns and the eyes close up in the picture', () => {
    const seen = (yaw: number) => {
      const { leftEye, rightEye } = faceOf({ yaw })
      return eyeSquares(leftEye, rightEye, yaw).left.size
    }
    expect(seen(35)).toBeCloseTo(seen(0))
  })
})

describe('the eye centres', () => {
  it('lie above the network’s points, along the face’s own upright', () => {
    const tilted = faceOf({ roll: 90 })
    const { left } = eyeCentres(tilted)
    // A head that lies on its side: up is to the right of the picture.
    expect(left[0] - tilted.leftEye[0]).toBeCloseTo(0.02 * 80)
    expect(left[1]).toBeCloseTo(tilted.leftEye[1])
  })

  it('hardly move while the points scatter', () => {
    const steady = createSteadyEyes()
    const scatter = [0, 0.6, -0.5, 0.4, -0.6, 0.5, -0.4, 0.6]
    const places = scatter.map((x) => steady.next({ left: [400 + x, 200], right: [300, 200] }).left[0] - 400)
    const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
    expect(range(places.slice(2))).toBeLessThan(0.5 * range(scatter.slice(2)))
  })

  it('are never more than 1.5 % of the eye distance behind a head that moves, at any speed', () => {
    for (const step of [1, 3, 10, 40]) {
      const steady = createSteadyEyes()
      for (let x = 0; x < 400; x += step) {
        const { left } = steady.next({ left: [100 + x, 200], right: [x, 200] })
        expect(100 + x - left[0]).toBeLessThanOrEqual(1.5)
      }
    }
  })

  it('start afresh after a reset', () => {
    const steady = createSteadyEyes()
    steady.next({ left: [400, 200], right: [300, 200] })
    steady.reset()
    expect(steady.next({ left: [401, 200], right: [301, 200] }).left[0]).toBe(401)
  })
})

describe('points that no face can have', () => {
  const frame = { width: 640, height: 480 }

  it('are refused: an eye outside the frame, eyes in one place, a mouth above the eyes', () => {
    expect(isPlausible(faceOf({}), frame)).toBe(true)
    expect(isPlausible(faceOf({ yaw: 40, pitch: -25, roll: 50 }), frame)).toBe(true)
    expect(isPlausible(faceOf({}, [20, 240]), frame)).toBe(false)
    expect(isPlausible(faceOf({}, [320, 240], 5), frame)).toBe(false)
    expect(isPlausible({ ...faceOf({}), mouth: [320, 100] }, frame)).toBe(false)
  })
})

describe('an eye is not judged', () => {
  it('when it lies behind the nose: the one on the side the head is turned to', () => {
    expect(unseenReasons({ ...ahead, yaw: 44 }, square, light)).toEqual({ left: null, right: null })
    expect(unseenReasons({ ...ahead, yaw: 46 }, square, light)).toEqual({ left: 'turned-away', right: null })
    expect(unseenReasons({ ...ahead, yaw: -46 }, square, light)).toEqual({ left: null, right: 'turned-away' })
  })

  it('by the model, and the far side of a clear turn explains it', () => {
    expect([isFarEye(21, 'left'), isFarEye(21, 'right'), isFarEye(-21, 'right'), isFarEye(19, 'left')]).toEqual([true, false, true, false])
  })

  it('when the head is in profile, or bent down and aside', () => {
    expect(unseenReasons({ ...ahead, yaw: 71 }, square, light)).toEqual({ left: 'turned-away', right: 'turned-away' })
    expect(unseenReasons({ yaw: -30, pitch: -20, roll: 0 }, square, light)).toEqual({ left: 'turned-away', right: 'turned-away' })
    expect(unseenReasons({ yaw: 0, pitch: -30, roll: 0 }, square, light)).toEqual({ left: null, right: null })
  })

  it('of a head bent aside the sooner, the further it is turned', () => {
    const both = (yaw: number, pitch: number) => {
      const { left, right } = unseenReasons({ yaw, pitch, roll: 0 }, square, light)
      return left !== null && right !== null
    }
    expect([both(25, -11), both(25, -13), both(-40, -7), both(-40, -9), both(23, -30), both(40, 5)]).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ])
  })

  it.each([
    ['too-small', { ...square, size: 9.9 }, light],
    ['too-dark', square, { ...light, brightness: 7.9 }],
    ['too-bright', square, { ...light, brightness: 246 }],
    ['blurred', square, { brightness: 100, sharpness: 8.9 }],
  ])('when it is %s', (reason, patch, seen) => {
    expect(unseenReasons(ahead, patch, seen)).toEqual({ left: reason, right: reason })
  })

  it.each([
    ['just big enough', { ...square, size: 10 }, light],
    ['dark, but not blurred', square, { brightness: 9, sharpness: 2 }],
    ['bright', square, { ...light, brightness: 244 }],
    ['soft', square, { brightness: 100, sharpness: 9.1 }],
  ])('and is when it is %s', (_, patch, seen) => {
    expect(unseenReasons(ahead, patch, seen)).toEqual({ left: null, right: null })
  })
})

describe('a turn', () => {
  it('is the short way round', () => {
    expect(turn(170, -170)).toBe(20)
    expect(turn(-170, 170)).toBe(-20)
    expect(turn(0, 90)).toBe(90)
  })
})
