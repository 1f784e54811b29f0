/** What the doctor finds: one line a thing looked at. */
import type { Config } from '../config/index.js'

/** Everything that is looked at, in the order in which it is shown. */
export const checkNames = ['versions', 'service', 'camera', 'gpio', 'model', 'broker', 'clock', 'disk', 'evidence', 'temperature'] as const
export type CheckName = (typeof checkNames)[number] | 'configuration'

export type Diagnosis = {
  check: CheckName
  status: 'pass' | 'warn' | 'fail'
  /** One sentence: what was found. */
  message: string
  /** What to do, in a sentence; null where nothing need be done. */
  cure: string | null
}

/** What a check is given. It looks and changes nothing: no line is driven, no message published. */
export type Patient = {
  config: Config
  /** The compiled vision process, where it does not lie in the build. */
  workerFile?: string | undefined
}

/** One thing to look at. Never rejects for what it finds: that is a diagnosis. */
export type Check = (patient: Patient) => Promise<readonly Diagnosis[]>

type Say = (check: CheckName, message: string, cure?: string) => Diagnosis
export const pass: Say = (check, message) => ({ check, status: 'pass', message, cure: null })
export const warn: Say = (check, message, cure) => ({ check, status: 'warn', message, cure: cure ?? null })
export const fail: Say = (check, message, cure) => ({ check, status: 'fail', message, cure: cure ?? null })
