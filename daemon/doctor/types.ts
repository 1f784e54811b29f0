/** What the doctor finds: one line a thing looked at. */
import type { Config } from '../config/index.js'

/** Everything that is looked at, in the order in which it is shown. */
export const checkNames = ['versions', 'service', 'camera', 'gpio', 'model', 'broker', 'clock', 'disk', 'evidence', 'temperature'] as const
export type CheckName = (typeof checkNames)[number] | 'configuration'

/** What may be not in order. Each has a row in docs/troubleshooting.md (a test compares); the sentence may change, the code does not. */
export const doctorCodes = [
  'configuration-wrong',
  'configuration-doubtful',
  'not-looked-at',
  'node-old',
  'service-no-systemd',
  'service-missing',
  'service-disabled',
  'service-failed',
  'service-stopped',
  'camera-no-driver',
  'camera-no-frame',
  'camera-by-number',
  'camera-not-offered',
  'camera-unlisted',
  'camera-few-frames',
  'camera-dark',
  'camera-bright',
  'camera-unfocused',
  'camera-no-face',
  'camera-eyes-hidden',
  'camera-far',
  'camera-aside',
  'lines-unused',
  'line-refused',
  'model-unusable',
  'model-slow',
  'model-on-cpu',
  'broker-name',
  'broker-port',
  'broker-login',
  'broker-round-trip',
  'broker-access',
  'clock-unset',
  'clock-unsynchronised',
  'disk-nowhere',
  'disk-refused',
  'disk-full',
  'disk-low',
  'evidence-refused',
  'evidence-spoilt',
  'temperature-warm',
  'temperature-hot',
] as const
export type DoctorCode = (typeof doctorCodes)[number]

export type Diagnosis = {
  check: CheckName
  status: 'pass' | 'warn' | 'fail'
  /** What is not in order; null where all is. */
  code: DoctorCode | null
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

type Say = (check: CheckName, code: DoctorCode, message: string, cure: string) => Diagnosis
export const pass = (check: CheckName, message: string): Diagnosis => ({ check, status: 'pass', code: null, message, cure: null })
export const warn: Say = (check, code, message, cure) => ({ check, status: 'warn', code, message, cure })
export const fail: Say = (check, code, message, cure) => ({ check, status: 'fail', code, message, cure })
