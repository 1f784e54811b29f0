import { describe, expect, it } from 'vitest'
import { searchArea, WHOLE } from '../../daemon/vision/locate/area.js'
import { createDriver } from '../../daemon/vision/locate/driver.js'
import { nextRegion, regionAround } from '../../daemon/vision/locate/region.js'
import { createTracker } from '../../daemon/vision/locate/track.js'
import { emptyFrame, faceOf, ScriptedDetector } from './faces.js'

const FRAME_MS = 33

const setUp = () => {
  const full = new ScriptedDetector()
  const short = new ScriptedDetector()
  const tracker = createTracker(full, short, createDriver('auto'), searchArea(WHOLE))
  let frame = 0
  return {
    full,
    short,
    tracker,
    /** What the tracker says of the next frame in which both detectors see these faces. */
    next: (...faces: ReturnType<typeof faceOf>[]) => {
      full.sees = faces
      short.sees = faces
      return tracker.track(emptyFrame(FRAME_MS * frame++))
    },
  }
}

describe('the region', () => {
  const face = faceOf({})
  const region = regionAround(face)

  it('stays the very same while the face wobbles', () => {
    for (const [x, y, roll] of [
      [4, 3, 2],
      [-6, 5, -3],
      [9, -9, 5],
    ] as const) {
      expect(nextRegion(region, faceOf({ roll }, [320 + x, 240 + y], 82))).toBe(region)
    }
  })

  it('follows a face that has moved, come nearer or tilted', () => {
    expect(nextRegion(region, faceOf({}, [360, 240])).center[0]).toBeCloseTo(360)
    expect(Math.abs(nextRegion(region, faceOf({}, [320, 240], 100)).size - region.size * 1.25)).toBeLessThanOrEqual(2)
    expect(nextRegion(region, faceOf({ roll: 12 })).roll).toBeCloseTo(12)
  })

  it('is the same to the last bit for faces that differ by less than two processors do', () => {
    const there = faceOf({}, [320.00002, 239.99998], 80.00003)
    expect(there).not.toEqual(face)
    expect(regionAround(there)).toEqual(region)
    expect(regionAround(faceOf({ roll: 12.00001 }))).toEqual(regionAround(faceOf({ roll: 12 })))
  })

  it('is turned with the face, so that the network sees it upright', () => {
    expect(regionAround(faceOf({ roll: -35 })).roll).toBeCloseTo(-35)
  })
})

describe('the tracker', () => {
  it('searches the whole frame once, then looks only where the face was', async () => {
    const { full, short, next } = setUp()
    const face = faceOf({})
    for (let frame = 0; frame < 10; frame++) expect(await next(face)).toBe(face)
    expect(full.searched.length).toBe(1)
    expect(full.searched[0]).toEqual({ center: [320, 240], size: 640, roll: 0 })
    expect(short.searched.at(-1)).toEqual(regionAround(face))
  })

  it('finds a face that jumped elsewhere within the same frame', async () => {
    const { next } = setUp()
    await next(faceOf({}, [100, 100], 30))
    const elsewhere = faceOf({}, [540, 380], 30)
    expect(await next(elsewhere)).toBe(elsewhere)
  })

  it('says there is none when there is none, and finds it again', async () => {
    const { next } = setUp()
    const face = faceOf({})
    await next(face)
    expect(await next()).toBeNull()
    expect(await next(face)).toBe(face)
  })

  it('acquires the biggest face', async () => {
    const { next } = setUp()
    const driver = faceOf({}, [480, 240], 60)
    expect(await next(faceOf({}, [120, 240], 35), driver)).toBe(driver)
  })

  it('takes a bigger face within two seconds, but is not torn between two alike', async () => {
    const { next } = setUp()
    const passenger = faceOf({}, [120, 240], 35)
    const alike = faceOf({}, [500, 240], 38)
    const driver = faceOf({}, [500, 240], 60)
    await next(passenger)
    for (let ms = 0; ms < 3000; ms += FRAME_MS) expect(await next(passenger, alike)).toBe(passenger)
    let last = null
    for (let ms = 0; ms < 2100; ms += FRAME_MS) last = await next(passenger, driver)
    expect(last).toBe(driver)
  })

  it('leaves what only short range takes for a face when a real one is elsewhere', async () => {
    const { full, short, tracker, next } = setUp()
    const headrest = faceOf({}, [120, 240], 60)
    const driver = faceOf({}, [500, 240], 40)
    await next(headrest)
    full.sees = [driver]
    short.sees = [headrest, driver]
    let last = null
    for (let at = 100; at < 2300; at += FRAME_MS) last = await tracker.track(emptyFrame(at))
    expect(last).toBe(driver)
  })

  it('counts a weak sign only when short range confirms it', async () => {
    const { full, short, tracker } = setUp()
    const weak = faceOf({}, [320, 240], 80, 0.4)
    full.sees = [weak]
    expect(await tracker.track(emptyFrame(0))).toBeNull()
    const confirmed = faceOf({}, [322, 240], 80, 0.8)
    short.sees = [confirmed]
    expect(await tracker.track(emptyFrame(FRAME_MS))).toBe(confirmed)
  })

  it('forgets the face on reset', async () => {
    const { full, tracker, next } = setUp()
    await next(faceOf({}))
    tracker.reset()
    await next(faceOf({}))
    expect(full.searched.length).toBe(2)
  })
})
