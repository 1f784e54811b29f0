/** The schema of each topic published: what docs/schemas is generated from. */
import type { z } from 'zod'
import type { Published } from '../topics.js'
import { birth } from './birth.js'
import { runningConfig } from './config.js'
import { event } from './event.js'
import { health } from './health.js'
import { result } from './result.js'
import { status } from './status.js'
import { day, trip } from './summary.js'

export const payloads: Readonly<Record<Published, z.ZodType>> = {
  status,
  birth,
  alert: event,
  health,
  trip,
  day,
  result,
  config: runningConfig,
}
