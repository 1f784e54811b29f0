/** Makes the recording that the demonstration runs on. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { guarded, opencv, withMats } from '../../daemon/vision/opencv.js'
import { createPainter } from './face/painter.js'
import { DURATION_SECONDS, driverAt, type Mark, marks } from './face/story.js'

/** The recording and what happens in it. */
export type Timeline = { file: string; fps: number; frames: number; marks: readonly Mark[] }

/** `onProgress` is called after every frame that is drawn, not at all when the recording is there already. */
type RecordingOptions = { fps: number; onProgress?: (done: number, of: number) => void }

/** `recording-unwritable`: the file could not be written. */
export class RecordingError extends Error {
  readonly code = 'recording-unwritable'
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options)
    this.name = 'RecordingError'
  }
}

const WIDTH = 640
const HEIGHT = 480

/** Changes when the pictures would: with the rate, and with any file that draws them. */
const recipeOf = (fps: number): string => {
  const hash = createHash('sha256').update(`${WIDTH}x${HEIGHT} ${fps} `)
  const folder = fileURLToPath(new URL('face/', import.meta.url))
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)))
  return hash.update(readFileSync(fileURLToPath(import.meta.url))).digest('hex')
}

const isMade = (file: string, recipeFile: string, recipe: string): boolean =>
  existsSync(file) && existsSync(recipeFile) && readFileSync(recipeFile, 'utf8') === recipe

const write = async (file: string, frames: number, { fps, onProgress }: RecordingOptions): Promise<void> => {
  const cv = opencv()
  const draw = createPainter()
  const writer = guarded(`cannot open ${file} for writing`, () => {
    return new cv.VideoWriter(file, cv.VideoWriter.fourcc('MJPG'), fps, new cv.Size(WIDTH, HEIGHT), true)
  })
  try {
    for (let frame = 0; frame < frames; frame++) {
      const picture = draw({ ...driverAt(frame / fps), seed: frame }, WIDTH, HEIGHT)
      withMats(`cannot write ${file}`, (own) => writer.write(own(new cv.Mat(Buffer.from(picture.buffer), HEIGHT, WIDTH, cv.CV_8UC3))))
      onProgress?.(frame + 1, frames)
      // Drawing takes seconds: let signals and a progress line through.
      await setImmediate()
    }
  } finally {
    writer.release()
  }
}

/** Runs file operations, and says of their failure which recording it hit and what to do. */
const writing = <T>(file: string, operations: () => T): T => {
  try {
    return operations()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new RecordingError(`the recording ${file} cannot be written: ${why}. Choose a folder that you may write to.`, { cause })
  }
}

/**
 * Draws the demonstration's driver into an AVI file (motion JPEG, 640×480), which appears whole or not at all.
 * A file that the same code made before is kept as it is: beside it lies `<file>.recipe`, which says what it was made by.
 * @param file ends in `.avi`; its folder is made when missing
 * @throws RecordingError when the file cannot be written, OpencvError when the binding cannot be loaded
 */
export const makeRecording = async (file: string, options: RecordingOptions): Promise<Timeline> => {
  const timeline: Timeline = { file, fps: options.fps, frames: Math.round(DURATION_SECONDS * options.fps), marks }
  const recipe = recipeOf(options.fps)
  const recipeFile = `${file}.recipe`
  if (isMade(file, recipeFile, recipe)) return timeline
  const partial = `${file}.partial.avi`
  writing(file, () => {
    mkdirSync(path.dirname(file), { recursive: true })
    rmSync(recipeFile, { force: true })
    // OpenCV is silent about a file that it cannot write: try it before the drawing.
    writeFileSync(partial, '')
  })
  try {
    await write(partial, timeline.frames, options)
    writing(file, () => {
      if (statSync(partial).size === 0) throw new Error('OpenCV wrote nothing; is the disk full?')
      renameSync(partial, file)
      writeFileSync(recipeFile, recipe)
    })
  } finally {
    rmSync(partial, { force: true })
  }
  return timeline
}
