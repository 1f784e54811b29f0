/** `run --record`: keeps observations as JSON lines. Numbers only, no picture; the log can be replayed. */
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Observation } from './observation.js'

export interface Recorder {
  readonly file: string
  /** Returns at once; writing happens behind. */
  write(observation: Observation): void
  close(): Promise<void>
}

/** The folder for observations cannot be used. */
export class RecorderError extends Error {
  override readonly name = 'RecorderError'
  readonly code = 'record-refused'
}

/**
 * @param folder made if it is not there; the folder above it must be
 * @param name of the file, without its ending; a run has a file of its own, since a torn last line must not spoil the next run's
 * @param onFault called once when writing fails (a full disk); recording then stops and the daemon goes on
 * @throws RecorderError when the folder cannot be written at the start
 */
export function createRecorder(folder: string, name: string, onFault: (fault: Error) => void): Recorder {
  const file = path.join(folder, `${name}.jsonl`)
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
  const stream = createWriteStream(file, { flags: 'a' })
  let failed = false
  stream.on('error', (fault) => {
    failed = true
    onFault(fault)
  })
  return {
    file,
    write(observation) {
      if (!failed) stream.write(`${JSON.stringify({ type: 'observation', ...observation })}\n`)
    },
    close: () => new Promise((resolve) => (failed ? resolve() : stream.end(() => resolve()))),
  }
}
