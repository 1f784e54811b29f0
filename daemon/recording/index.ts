/** The recording of this run: what judges, and where it goes. */
import type { Config } from '../config/schema.js'
import { POLICY_VERSION } from '../judgement/policy.js'
import type { SavedBaseline } from '../state/baseline.js'
import { programVersion } from '../version.js'
import { RECORDING_SCHEMA } from './lines.js'
import type { RecorderOptions } from './recorder.js'

const BYTES_IN_MB = 1024 * 1024

export type Run = {
  /** Names this run among others. */
  run: string
  /** The baseline that the judgement has at the moment. */
  baseline: () => SavedBaseline | null
  /** Told once, when nothing more can be recorded. */
  onFault: (fault: Error) => void
}

export const recordingOf = (folder: string, config: Config, { run, baseline, onFault }: Run): RecorderOptions => ({
  folder,
  run,
  allowedBytes: config.record.folderMb * BYTES_IN_MB,
  head: () => ({
    schema: RECORDING_SCHEMA,
    program: programVersion(),
    policy: POLICY_VERSION,
    settings: config.judgement,
    baseline: baseline(),
  }),
  onFault,
})

export { createRecorder, type Recorder } from './recorder.js'
