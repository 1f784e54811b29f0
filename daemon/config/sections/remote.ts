/** What the fleet may do from afar. Set in the vehicle only: `fleet.commands` and `fleet.remote` are always locked. */
import { z } from 'zod'

const commandNames = ['ping', 'verdict', 'snapshot', 'self-test', 'restart-vision', 'send-outbox', 'log-level'] as const

export const commands = z
  .strictObject({
    allow: z
      .array(z.enum(commandNames))
      .default([...commandNames])
      .describe('Commands of the fleet that are done; []: none. No command can silence an alarm.'),
  })
  .prefault({})
  .describe('What the fleet may ask of this vehicle.')

/**
 * What could cut the vehicle off, end or quiet the watch (a button on a wrong line answers for the driver), turn it to a passenger, lose what was kept, show the driver, or
 * have the vehicle tell where it is and who drives.
 */
const LOCKED = [
  ...['vehicle', 'camera', 'locate', 'classifier', 'judgement', 'alarm', 'gpio'],
  ...['speed', 'button', 'ignition', 'position', 'driver', 'fleet', 'aim', 'evidence', 'state'],
]

export const remote = z
  .strictObject({
    locked: z
      .array(z.string().regex(/^\w+(\.\w+)*$/, { error: 'must be a key or a section, such as judgement or camera.device' }))
      .default(LOCKED)
      .describe('Keys, and sections with all of theirs, that the fleet cannot change; fleet.remote and fleet.commands it never can.'),
  })
  .prefault({})
  .describe('What the fleet may change of this configuration.')
