/** A small recording made by the test: gray frames whose brightness tells their number. */
import { opencv } from '../../daemon/vision/opencv.js'

/** Frame `i` has brightness 10·i + 20 everywhere. */
export function writeRecording(file: string, frames = 12, fps = 20): void {
  const cv = opencv()
  const writer = new cv.VideoWriter(file, cv.VideoWriter.fourcc('MJPG'), fps, new cv.Size(96, 64))
  for (let i = 0; i < frames; i++) {
    const gray = 10 * i + 20
    const mat = new cv.Mat(64, 96, cv.CV_8UC3, [gray, gray, gray])
    writer.write(mat)
    mat.release()
  }
  writer.release()
}

/** The number of a frame of such a recording. */
export const numberOf = (brightness: number): number => Math.round((brightness - 20) / 10)
