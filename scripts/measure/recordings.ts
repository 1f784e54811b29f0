/** The recordings that eyes are measured on, and their frames one after another. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openFileCamera } from '../../daemon/vision/camera/file.js'
import type { Frame } from '../../daemon/vision/pixels.js'

/** `group` is the line of the table that a recording is counted in. */
export type Recording = { name: string; file: string; group: string }

const mp4 = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.mp4'))
    .sort()

/** The data sets: KANTUK_DATA, or shared/data beside the checkout. Throws where there are none. */
export const dataFolder = (): string => {
  const folder = process.env.KANTUK_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
  if (!existsSync(path.join(folder, 'footage'))) {
    throw new Error(`there are no recordings in ${folder}: set KANTUK_DATA to the folder that holds footage/ and eyeblink8/`)
  }
  return folder
}

/** The footage, the driver before a webcam, and the clips of five recordings: about 18 people. */
export const measured = (data: string): Recording[] => {
  const footage = path.join(data, 'footage')
  const clips = path.join(data, 'eyeblink8', 'clips')
  const webcam = path.join(data, 'eyeblink8', 'driver-webcam-30s.mp4')
  return [
    ...mp4(footage).map((name) => ({ name, file: path.join(footage, name), group: name.replace('.mp4', '') })),
    { name: path.basename(webcam), file: webcam, group: 'driver-webcam-30s' },
    ...readdirSync(clips)
      .sort()
      .flatMap((folder) =>
        mp4(path.join(clips, folder)).map((name) => ({ name, file: path.join(clips, folder, name), group: `clips/${folder}` })),
      ),
  ]
}

/** Every frame of a recording, turned as its file says; each is released when the next is asked for. */
export async function* framesOf(file: string): AsyncGenerator<Frame> {
  const camera = openFileCamera({ path: file, loop: false, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
  try {
    for (let frame = await camera.next(); frame !== null; frame = await camera.next()) {
      try {
        yield frame
      } finally {
        frame.release()
      }
    }
  } finally {
    await camera.close()
  }
}
