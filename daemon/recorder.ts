/** `run --record`: keeps observations as JSON lines. Numbers only, no picture; the log can be replayed. */
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Observation } from './observation.js'

export interface Recorder {
  readonly file: string
  /** Returns at once; writing happens behind. */
  write(observation: Observation): void
  close(): Promise<void>
}

/**
 * @param folder made if it is not there
 * @param name of the file, without its ending
 * @param onFault called once when writing fails (a full disk); recording then stops and the daemon goes on
 */
export function createRecorder(folder: string, name: string, onFault: (fault: Error) => void): Recorder {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}.jsonl`)
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
