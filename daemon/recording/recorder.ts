/** `run --record`: keeps observations, and what the vehicle told, as JSON lines. Numbers only, no picture; the log can be replayed. */
import { createWriteStream, existsSync, mkdirSync, type WriteStream, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Inputs, NO_INPUTS } from '../judgement/rule.js'
import type { Observation } from '../observation.js'
import { makeRoom, partName } from './folder.js'
import { inputsChange, type RecordingHead } from './lines.js'

export interface Recorder {
  /** Returns at once; writing happens behind. `inputs`: what the observation was judged with. */
  write(observation: Observation, inputs: Inputs): void
  close(): Promise<void>
}

/** The folder for observations cannot be used, or no more can be kept. */
export class RecorderError extends Error {
  override readonly name = 'RecorderError'
  readonly code = 'record-refused'
}

export type RecorderOptions = {
  /** Made if it is not there; the folder above it must be. */
  folder: string
  /** Names the run: it has files of its own, since a torn last line must not spoil the next run's. */
  run: string
  /** How much of the folder recordings may fill, this one included; bytes. */
  allowedBytes: number
  /** What judges, as of now; asked once a file. */
  head(): Omit<RecordingHead, 'type' | 'part'>
  /** Called once when no more can be kept (a full or slow disk); recording then stops and the daemon goes on. */
  onFault(fault: Error): void
  /** Default 16 MB: about 20 minutes at 30 frames a second; what is thrown away at once when the folder is full. */
  partBytes?: number
}

const BYTES_IN_MB = 1024 * 1024
// Own: five minutes of observations waiting in memory; a disk that is further behind is not there any more.
const MOST_WAITING_BYTES = 4 * BYTES_IN_MB

/** Makes folder and first file. @throws RecorderError */
function begin(folder: string, file: string): void {
  try {
    // One level only: on /proc Node's recursive mkdir never comes back.
    if (!existsSync(folder)) mkdirSync(folder)
    writeFileSync(file, '')
  } catch (fault) {
    const why = fault instanceof Error && 'code' in fault ? ` (${fault.code})` : ''
    throw new RecorderError(`observations cannot be recorded into ${folder}${why}: is it a folder, and may you write there?`, {
      cause: fault,
    })
  }
}

/** @throws RecorderError when the folder cannot be written at the start */
export function createRecorder(options: RecorderOptions): Recorder {
  const { folder, run, head, onFault, allowedBytes, partBytes = 16 * BYTES_IN_MB } = options
  let part = 0
  let bytes = 0
  let told = NO_INPUTS
  let stream: WriteStream | null = null
  let isOver = false

  function stop(fault: Error): void {
    if (isOver) return
    isOver = true
    stream?.destroy()
    onFault(fault)
  }

  function put(line: object): void {
    const text = `${JSON.stringify(line)}\n`
    bytes += text.length
    stream?.write(text)
  }

  function openPart(): void {
    part += 1
    bytes = 0
    told = NO_INPUTS
    const name = partName(run, part)
    stream?.end()
    stream = createWriteStream(path.join(folder, name), { flags: 'a' })
    stream.on('error', stop)
    put({ type: 'recording', ...head(), part })
    makeRoom(folder, allowedBytes, partBytes, name).then((leftBytes) => {
      if (leftBytes < 0) stop(new RecorderError(`the disk of ${folder} is nearly full; make room there, or record elsewhere`))
    }, stop)
  }

  begin(folder, path.join(folder, partName(run, 1)))
  openPart()
  return {
    write(observation, inputs) {
      if (isOver) return
      if (bytes >= partBytes) openPart()
      const change = inputsChange(told, inputs)
      if (change !== null) put(change)
      told = inputs
      put({ type: 'observation', ...observation })
      if ((stream?.writableLength ?? 0) > MOST_WAITING_BYTES) {
        stop(new RecorderError(`the disk of ${folder} is too slow for the observations, or hangs; record elsewhere`))
      }
    },
    close: () =>
      new Promise((resolve) => {
        if (isOver || stream === null) resolve()
        else stream.end(() => resolve())
        isOver = true
      }),
  }
}
