import { describe, expect, it } from 'vitest'
import { advise, type Watched } from '../../daemon/aim/advice.js'
import type { Observation, Reason } from '../../daemon/observation.js'

type Seen = { x?: number; y?: number; patchPx?: number; yaw?: number; pitch?: number; facePx?: number; brightness?: number }

const SIZE = { widthPx: 640, heightPx: 480 }

/** A face whose eyes are seen; in the middle, from the front, in good light unless told. */
const face = ({ x = 320, y = 240, patchPx = 60, yaw = 0, pitch = 0, facePx = 200, brightness = 120 }: Seen = {}): Observation => {
  const eye = (side: number) => ({
    closed: 0.1,
    visible: 1,
    center: [x + side * patchPx * 0.6, y] satisfies [number, number],
    size: patchPx,
  })
  return {
    ...{ at: 0, frame: 0, left: eye(1), right: eye(-1), unseen: { left: null, right: null } },
    face: { confidence: 0.9, box: [x - facePx / 2, y - facePx / 2, facePx, facePx], yaw, pitch, roll: 0 },
    scene: { brightness, sharpness: 300 },
  }
}

/** Eyes that are not seen, with or without a face. */
const unseen = (reason: Reason, with_: Observation | null = null): Observation => ({
  ...(with_ ?? face()),
  ...(with_ === null ? { face: null } : {}),
  ...{ left: null, right: null, unseen: { left: reason, right: reason } },
})

const watched = (observation: Observation, more: Partial<Watched> = {}): Watched => ({
  ...{ observations: Array<Observation>(10).fill(observation), size: SIZE, driverSide: 'right', fps: 30 },
  ...more,
})
const advice = (observation: Observation, more: Partial<Watched> = {}) => advise(watched(observation, more))

describe('advice', () => {
  it('is that all is well for a face in the middle, near, from the front, in good light', () => {
    expect(advice(face())).toEqual([{ is: 'good' }])
  })

  it('says that the seat is learned, where the configuration does not say it', () => {
    expect(advice(face(), { driverSide: 'auto' })).toEqual([{ is: 'good' }, { is: 'side-unset' }])
  })

  it('calls eyes under 24 px too far, and not those of 24', () => {
    expect(advice(face({ patchPx: 47.9 }))).toEqual([{ is: 'too-far', eyePx: 24, nearerPercent: 10 }])
    expect(advice(face({ patchPx: 48 }))).toEqual([{ is: 'good' }])
  })

  it('says how much nearer: eyes of half the size need half the distance', () => {
    expect(advice(face({ patchPx: 24 }))).toEqual([{ is: 'too-far', eyePx: 12, nearerPercent: 55 }])
  })

  it('calls a head that fills the picture too near', () => {
    expect(advice(face({ facePx: 400, patchPx: 110 }))).toEqual([{ is: 'too-near' }])
  })

  it('calls 31° off axis, and 30° not', () => {
    expect(advice(face({ yaw: 31 }))).toMatchObject([{ is: 'off-axis', degrees: 31, to: 'left' }])
    expect(advice(face({ yaw: 30 }))).toEqual([{ is: 'good' }])
  })

  it.each([
    { yaw: 40, pitch: 0, to: 'left' },
    { yaw: -40, pitch: 0, to: 'right' },
    { yaw: 0, pitch: 35, to: 'up' },
    { yaw: 10, pitch: -35, to: 'down' },
  ])('sends the camera to where the head points: $to', ({ yaw, pitch, to }) => {
    expect(advice(face({ yaw, pitch }))).toMatchObject([{ is: 'off-axis', to }])
  })

  it('a face on the right of the picture is on the left of the driver: there the camera goes', () => {
    // 180 px from the middle; a patch of 60 px is 5 cm
    expect(advice(face({ x: 500 }))).toEqual([{ is: 'off-middle', cm: 15, to: 'left' }])
    expect(advice(face({ x: 140 }))).toEqual([{ is: 'off-middle', cm: 15, to: 'right' }])
  })

  it.each([
    { y: 400, to: 'down' },
    { y: 80, to: 'up' },
  ])('a face at y = $y sends the camera $to', ({ y, to }) => {
    expect(advice(face({ y }))).toMatchObject([{ is: 'off-middle', to }])
  })

  it('gives one way at a time: off axis before the edge of the picture', () => {
    expect(advice(face({ x: 500, yaw: 40 })).map(({ is }) => is)).toEqual(['off-axis'])
  })

  it.each([
    [39, 'too-dark'],
    [221, 'too-bright'],
  ])('light of %i is %s', (brightness, is) => expect(advice(face({ brightness }))).toEqual([{ is }]))

  it.each<Reason>(['blurred', 'covered', 'dark-glasses', 'turned-away'])('passes on that the eyes are %s', (reason) => {
    expect(advice(unseen(reason, face()))).toEqual([{ is: reason }])
  })

  it('without a face says where it looks for one', () => {
    expect(advice(unseen('no-face'))).toEqual([{ is: 'no-face', side: 'right' }])
  })

  it('without a camera, or before the first picture, says so and nothing else', () => {
    expect(advice(unseen('no-camera'))).toEqual([{ is: 'no-camera' }])
    expect(advise(watched(face(), { observations: [] }))).toEqual([{ is: 'no-camera' }])
  })

  it('tells too few frames, and does not take 14.8 for fewer than 15', () => {
    expect(advice(face(), { fps: 14 })).toEqual([{ is: 'few-frames', fps: 14 }])
    expect(advice(face(), { fps: 14.8 })).toEqual([{ is: 'good' }])
  })

  it('is not changed by a blink or a single frame without a face', () => {
    const observations = [...Array<Observation>(9).fill(face()), unseen('no-face')]
    expect(advise(watched(face(), { observations }))).toEqual([{ is: 'good' }])
  })

  it('says nothing of distances as long as the size of the picture is not known', () => {
    expect(advice(face({ x: 600, yaw: 50 }), { size: null })).toEqual([{ is: 'good' }])
  })
})
