/** The recordings of the chaos run: a drawn driver who sleeps for 1.8 s in every 5, the same picture for ever, and darkness. */
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { opencv, withMats } from '../../../daemon/vision/opencv.js'
import { smoothstep } from '../../demo/face/noise.js'
import { createPainter } from '../../demo/face/painter.js'

/** Seconds of the loop; a closure counts from lids half down to lids half up. */
export const LOOP = { seconds: 5, closedFrom: 2.4, closedTo: 4.2 } as const
const FPS = 15
const WIDTH = 640
const HEIGHT = 480
const LID_SECONDS = 0.06

export type Pictures = 'driver' | 'frozen' | 'black'

const lids = (seconds: number): number =>
  smoothstep(LOOP.closedFrom - LID_SECONDS, LOOP.closedFrom + LID_SECONDS, seconds) *
  smoothstep(LOOP.closedTo + LID_SECONDS, LOOP.closedTo - LID_SECONDS, seconds)

/** Draws what is not there yet. @returns the file of each */
export const makeRecordings = (folder: string): Readonly<Record<Pictures, string>> => {
  mkdirSync(folder, { recursive: true })
  const cv = opencv()
  const draw = createPainter()
  const write = (name: Pictures, frames: number, pictureOf: (frame: number) => Uint8Array): string => {
    const file = path.join(folder, `${name}.avi`)
    if (existsSync(file)) return file
    const partial = path.join(folder, `${name}.partial.avi`)
    const writer = new cv.VideoWriter(partial, cv.VideoWriter.fourcc('MJPG'), FPS, new cv.Size(WIDTH, HEIGHT), true)
    for (let frame = 0; frame < frames; frame++) {
      const picture = pictureOf(frame)
      withMats(`cannot write ${file}`, (own) => writer.write(own(new cv.Mat(Buffer.from(picture.buffer), HEIGHT, WIDTH, cv.CV_8UC3))))
    }
    writer.release()
    renameSync(partial, file)
    return file
  }
  const driver = (frame: number, closed: number) =>
    draw(
      { lidsClosed: { left: closed, right: closed }, gazeYawDegrees: 0, yawDegrees: 0, pitchDegrees: 0, rollDegrees: 0, seed: frame },
      WIDTH,
      HEIGHT,
    )
  const still = driver(0, 0)
  return {
    driver: write('driver', LOOP.seconds * FPS, (frame) => driver(frame, lids(frame / FPS))),
    // The encoder writes its first picture a little differently: long enough not to begin again while it is shown.
    frozen: write('frozen', 20 * FPS, () => still),
    black: write('black', 30, () => new Uint8Array(WIDTH * HEIGHT * 3)),
  }
}
