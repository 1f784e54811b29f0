/** The messages between the main process and the vision process, parsed at both ends. */
import { z } from 'zod'
import { configSchema } from '../config/schema.js'
import { observation } from '../observation.js'
import { picture } from '../picture.js'
import { absent, seen } from './camera/remembered.js'
import { visionCodes } from './codes.js'
import { stages } from './patience.js'

const stageMs = z.object({ locate: z.number(), cut: z.number(), classify: z.number() })

/** main → vision, once, after the process has started: what to look at and with what. `probationMs`: for how long pictures must have changed before the camera is believed; more than 0 after it was frozen. `remembered`: the camera that the process before saw, which may have another number by now. */
const start = z.object({
  type: z.literal('start'),
  probationMs: z.number().nonnegative(),
  remembered: absent.nullable(),
  config: configSchema.pick({ camera: true, locate: true, classifier: true }),
})
/** main → vision, at any time: the machine is under strain, and frames are looked at no faster than the blink rules need; or no longer. */
const spare = z.object({ type: z.literal('spare'), isOn: z.boolean() })
/** main → vision, at any time: a picture is wanted this often; null: none, as at the start. */
const show = z.object({ type: z.literal('show'), everyMs: z.number().positive().nullable() })
/** main → vision: end in order; the process is killed when it does not. */
const stop = z.object({ type: z.literal('stop') })

/** vision → main, until `ready`: what it is about to do, so that a start which hangs is told from one that is slow. */
const starting = z.object({ type: z.literal('starting'), stage: z.enum(stages) })
/** vision → main: the camera gives pictures that change, and the models are loaded. `instead`: why the configured model is not the one in use; null: it is. `onCpu`: why the classifier runs on the CPU where another provider was asked for; null: it does as asked. `size`: what is wrong with the size of the pictures; null: nothing. `seen`: what the camera is known by when it comes back. */
const ready = z.object({
  type: z.literal('ready'),
  camera: z.string(),
  fps: z.number(),
  classifier: z.string(),
  instead: z.string().nullable(),
  onCpu: z.string().nullable(),
  size: z.string().nullable(),
  seen: seen.nullable(),
})
/** vision → main, one a frame. */
const observed = z.object({ type: z.literal('observed'), observation, stageMs })
/** vision → main, while one is wanted, after the observation of the same frame; left out under strain, and while the one before is on its way. */
const shown = z.object({ type: z.literal('shown'), picture })
/** vision → main: a picture that was wanted cannot be made; observations go on. */
const unshown = z.object({ type: z.literal('unshown'), message: z.string() })
/** vision → main: the recording is over; no more observations will come. */
const ended = z.object({ type: z.literal('ended'), frames: z.number() })
/** vision → main: it cannot go on, and ends. */
const failed = z.object({ type: z.literal('failed'), code: z.enum(visionCodes), message: z.string() })

export const toVision = z.discriminatedUnion('type', [start, spare, show, stop])
export const fromVision = z.discriminatedUnion('type', [starting, ready, observed, shown, unshown, ended, failed])
export type ToVision = z.infer<typeof toVision>
export type FromVision = z.infer<typeof fromVision>
