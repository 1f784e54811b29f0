/** The configuration: every key with its description, unit, default and range, said once. One file a section. */
import { z } from 'zod'
import { aim } from './sections/aim.js'
import { alarm } from './sections/alarm.js'
import { camera } from './sections/camera.js'
import { driver, position } from './sections/context.js'
import { evidence } from './sections/evidence.js'
import { fleet } from './sections/fleet.js'
import { gpio } from './sections/gpio.js'
import { health } from './sections/health.js'
import { button, ignition, record, speed, state } from './sections/inputs.js'
import { judgement } from './sections/judgement.js'
import { log } from './sections/log.js'
import { classifier, locate } from './sections/models.js'
import { vehicle } from './sections/vehicle.js'

export const configSchema = z.strictObject({
  vehicle,
  camera,
  locate,
  classifier,
  judgement,
  alarm,
  gpio,
  speed,
  button,
  ignition,
  position,
  driver,
  fleet,
  health,
  aim,
  evidence,
  state,
  record,
  log,
})

/** What the rooms get: every key there, names of files absolute. */
export type Config = z.infer<typeof configSchema>

/** The configuration without a file: all defaults. */
export const defaultConfig = (): Config => configSchema.parse({})
