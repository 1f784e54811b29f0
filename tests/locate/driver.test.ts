import { describe, expect, it } from 'vitest'
import { type RegionShares, searchArea, WHOLE } from '../../daemon/vision/locate/area.js'
import { createDriver, type DriverSide } from '../../daemon/vision/locate/driver.js'
import { createTracker } from '../../daemon/vision/locate/track.js'
import { emptyFrame, faceOf, ScriptedDetector } from './faces.js'

type Faces = ReturnType<typeof faceOf>[]

const WIDTH = 640

/** A cab before a tracker: `drive` shows it faces for some seconds and gives the horizontal places of the face it took for the driver's. */
const cab = ({ side = 'auto', region = WHOLE, fps = 15 }: { side?: DriverSide; region?: RegionShares; fps?: number } = {}) => {
  const full = new ScriptedDetector()
  const short = new ScriptedDetector()
  const tracker = createTracker(full, short, createDriver(side), searchArea(region))
  let frames = 0
  return {
    full,
    tracker,
    drive: async (seconds: number, faces: Faces | ((seconds: number) => Faces)): Promise<(number | null)[]> => {
      const places: (number | null)[] = []
      for (let frame = 0; frame < seconds * fps; frame++) {
        const seen = typeof faces === 'function' ? faces(frame / fps) : faces
        full.sees = seen
        short.sees = seen
        const found = await tracker.track(emptyFrame((1000 * frames++) / fps))
        places.push(found === null ? null : Math.round(found.center[0]))
      }
      return places
    },
  }
}

const at = (x: number, eyeDistance = 40, y = 220) => faceOf({}, [x, y], eyeDistance)
const DRIVER = 180
const PASSENGER = 520
const only = (places: readonly (number | null)[]) => [...new Set(places)]

describe('the driver, with a passenger in the picture for 60 s', () => {
  it('is the one on the configured side, smaller or not', async () => {
    for (const [side, wanted] of [
      ['left', DRIVER],
      ['right', PASSENGER],
    ] as const) {
      expect(only(await cab({ side }).drive(60, [at(DRIVER, 40), at(PASSENGER, 50)]))).toEqual([wanted])
      expect(only(await cab({ side }).drive(60, [at(DRIVER, 50), at(PASSENGER, 40)]))).toEqual([wanted])
    }
  })

  it('is the bigger one where no side is configured', async () => {
    expect(only(await cab().drive(60, [at(DRIVER, 40), at(PASSENGER, 30)]))).toEqual([DRIVER])
  })

  it('stays the same while the two grow and shrink by turns, at 5 and at 30 frames a second', async () => {
    const breathing = (seconds: number) => [at(DRIVER, 40 + 8 * Math.sin(seconds)), at(PASSENGER, 40 - 8 * Math.sin(seconds))]
    for (const fps of [5, 30]) expect(only(await cab({ fps }).drive(60, breathing))).toHaveLength(1)
  })

  it('alone may sit in the middle of the picture, on whichever side', async () => {
    for (const side of ['left', 'right', 'auto'] as const) expect(only(await cab({ side }).drive(5, [at(WIDTH / 2)]))).toEqual([WIDTH / 2])
  })
})

describe('when the driver is gone and the passenger stays for 60 s, there is no face', () => {
  it.each([10, 30, 200])('after %i s of driving, and none but the driver’s when he comes back', async (seconds) => {
    const { drive } = cab()
    await drive(seconds, [at(DRIVER), at(PASSENGER, 38)])
    expect(only(await drive(60, [at(PASSENGER, 38)]))).toEqual([null])
    expect(only(await drive(10, [at(DRIVER + 20), at(PASSENGER, 38)]))).toEqual([DRIVER + 20])
  })

  it('also where the passenger leans over, nearer to the driver’s seat than a lost driver could be', async () => {
    const { drive } = cab()
    await drive(20, [at(DRIVER), at(DRIVER + 170)])
    expect(only(await drive(60, [at(DRIVER + 150)]))).toEqual([null])
  })

  it('also where the passenger leans over bit by bit, as near as a driver could be who leans', async () => {
    for (const side of ['auto', 'left'] as const) {
      const { drive } = cab({ side })
      await drive(20, [at(DRIVER, 40), at(PASSENGER, 40)])
      // Four px a frame; where he ends he would be taken for the driver, had nobody seen him come.
      const leaning = (seconds: number) => [at(Math.max(330, PASSENGER - 60 * seconds), 40)]
      expect(only(await drive(60, leaning))).toEqual([null])
      expect(only(await drive(10, [at(DRIVER + 20), at(330, 40)]))).toEqual([DRIVER + 20])
    }
  })

  it('and the driver is found at once who leans across to where the passenger sat, out of the picture, and comes back half way', async () => {
    const { drive } = cab()
    await drive(20, [at(DRIVER, 40), at(PASSENGER, 40)])
    await drive(2, [])
    await drive(10, (seconds) => [at(Math.max(DRIVER + 50, PASSENGER - 60 * seconds), 40)])
    expect(only(await drive(10, [at(DRIVER + 50, 40)]))).toEqual([DRIVER + 50])
  })

  it('also where the passenger comes nearer to the camera', async () => {
    const { drive } = cab()
    await drive(20, [at(DRIVER), at(PASSENGER, 38)])
    expect(only(await drive(60, [at(PASSENGER, 60)]))).toEqual([null])
  })

  it('on a configured side, from the first frame on', async () => {
    expect(only(await cab({ side: 'left' }).drive(60, [at(PASSENGER)]))).toEqual([null])
    expect(only(await cab({ side: 'right' }).drive(60, [at(DRIVER)]))).toEqual([null])
  })

  it('nor for somebody on the back seat who looks over the driver’s shoulder', async () => {
    const { drive } = cab()
    await drive(20, [at(DRIVER, 60)])
    expect(only(await drive(60, [at(DRIVER + 30, 28)]))).toEqual([null])
  })
})

describe('a driver who leans', () => {
  it('is followed as far as he goes', async () => {
    const { drive } = cab()
    await drive(20, [at(DRIVER)])
    const leaning = (seconds: number) => [at(DRIVER + 60 * Math.min(seconds, 5))]
    expect(await drive(8, leaning)).not.toContain(null)
  })

  it('is not searched for in the whole frame when he jerks within the region', async () => {
    const { drive, full } = cab()
    await drive(1, [at(DRIVER)])
    await drive(0.5, [at(DRIVER + 70)])
    expect(full.searched).toHaveLength(1)
  })

  it('is found again where he leans, and back where he sits', async () => {
    const { drive } = cab()
    await drive(150, [at(DRIVER)])
    await drive(3, [])
    expect(only(await drive(3, [at(DRIVER + 150, 48)]))).toEqual([DRIVER + 150])
    await drive(3, [])
    expect(only(await drive(3, [at(DRIVER)]))).toEqual([DRIVER])
  })
})

describe('the seat', () => {
  it('is given up for a clearly bigger face in the first two minutes, as when the driver gets in after the passenger', async () => {
    const { drive } = cab()
    await drive(60, [at(PASSENGER, 30)])
    expect((await drive(5, [at(PASSENGER, 30), at(DRIVER, 45)])).at(-1)).toBe(DRIVER)
  })

  it('is kept when it is learned, whoever comes nearer', async () => {
    const { drive } = cab()
    await drive(130, [at(DRIVER, 40)])
    expect(only(await drive(20, [at(DRIVER, 40), at(PASSENGER, 60)]))).toEqual([DRIVER])
  })

  it('of a passenger who waited alone, learned, is given up a minute after the driver, clearly nearer, got in', async () => {
    const { drive } = cab()
    await drive(180, [at(PASSENGER, 30)])
    const places = await drive(70, [at(PASSENGER, 30), at(DRIVER, 45)])
    expect(places[50 * 15]).toBe(PASSENGER)
    expect(only(places.slice(65 * 15))).toEqual([DRIVER])
  })

  it('of a passenger who waited alone and left is given up after ten times as long', async () => {
    const { drive } = cab({ fps: 2 })
    await drive(130, [at(PASSENGER, 30)])
    const places = await drive(1400, [at(DRIVER, 30)])
    expect(places[1200 * 2]).toBeNull()
    expect(places.at(-1)).toBe(DRIVER)
  })

  it('that was seen for a few seconds only is given up after ten times as long', async () => {
    const { drive } = cab()
    await drive(4, [at(PASSENGER, 30)])
    const places = await drive(60, [at(DRIVER, 30)])
    expect(places[35 * 15]).toBeNull()
    expect(places.at(-1)).toBe(DRIVER)
  })

  it('stays when the size of the picture changes in mid-stream', async () => {
    const { drive, tracker, full } = cab()
    await drive(20, [at(DRIVER), at(PASSENGER)])
    full.sees = [at(2 * PASSENGER, 80, 440)]
    expect(await tracker.track({ ...emptyFrame(21_000), width: 1280, height: 960 })).toBeNull()
    full.sees = [at(2 * DRIVER, 80, 440)]
    expect(await tracker.track({ ...emptyFrame(21_033), width: 1280, height: 960 })).not.toBeNull()
  })

  it('is forgotten on reset', async () => {
    const { drive, tracker } = cab()
    await drive(200, [at(DRIVER)])
    tracker.reset()
    expect(only(await drive(1, [at(PASSENGER)]))).toEqual([PASSENGER])
  })
})

describe('a region of interest', () => {
  const region = { leftShare: 0, topShare: 0, widthShare: 0.5, heightShare: 0.9 }

  it('is all that is searched', async () => {
    const { drive, full } = cab({ region })
    await drive(1, [at(DRIVER)])
    expect(full.searched[0]).toEqual({ center: [160, 216], size: 432, roll: 0 })
  })

  it('leaves out every face beyond it, bigger or alone', async () => {
    const { drive } = cab({ region })
    expect(only(await drive(5, [at(DRIVER, 30), at(340, 60)]))).toEqual([DRIVER])
    expect(only(await drive(5, [at(340, 60)]))).toEqual([null])
  })

  it('in px keeps to the frame', () => {
    const area = searchArea({ leftShare: 2 / 3, topShare: 0.9, widthShare: 0.34, heightShare: 0.11 })
    expect(area.of({ width: 640, height: 480 })).toEqual({ left: 427, top: 432, right: 640, bottom: 480 })
    expect(area.holds([426, 440], { width: 640, height: 480 })).toBe(false)
    expect(area.holds([427, 440], { width: 640, height: 480 })).toBe(true)
  })
})
