/** The doctor: looks at every part that the daemon needs, one after another, so that none disturbs the figures of the next. */
import { reasonOf } from '../reason-of.js'
import { broker } from './broker.js'
import { camera } from './camera.js'
import { clock } from './clock.js'
import { disk } from './disk.js'
import { evidence } from './evidence.js'
import { gpio } from './gpio.js'
import { model } from './model.js'
import { service } from './service.js'
import { temperature } from './temperature.js'
import { type Check, type CheckName, checkNames, type Diagnosis, fail, type Patient } from './types.js'
import { versions } from './versions.js'

const checks: Readonly<Record<(typeof checkNames)[number], Check>> = {
  versions,
  service,
  camera,
  gpio,
  model,
  broker,
  clock,
  disk,
  evidence,
  temperature,
}

const unforeseen = (check: CheckName, fault: unknown): Diagnosis =>
  fail(check, 'not-looked-at', `could not be looked at: ${reasonOf(fault)}`, 'this is a fault of kantukd: please report it')

/** Every diagnosis as it is made. */
export async function* examine(patient: Patient): AsyncGenerator<Diagnosis> {
  for (const name of checkNames) {
    try {
      yield* await checks[name](patient)
    } catch (fault) {
      yield unforeseen(name, fault)
    }
  }
}

export type { Diagnosis } from './types.js'
