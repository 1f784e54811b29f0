import { z } from 'zod'
import { path } from './texts.js'

export const evidence = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('true: a few seconds of pictures around an alarm are kept on the disk of the vehicle. They are never sent.'),
    dir: path().nullable().default(null).describe('Folder for them; null: evidence in the state folder (state.dir).'),
    keyFile: path()
      .nullable()
      .default(null)
      .describe('File with a key of 64 hexadecimal digits (openssl rand -hex 32): pictures are encrypted with it. null: they are not.'),
    // Level 2 is the first at which a driver is warned of sleep; level 1 would keep every sun in the eyes.
    fromLevel: z
      .int()
      .min(1)
      .max(4)
      .default(2)
      .describe('Least level of an alarm that is kept: 1 notice, 2 warn, 3 alarm, 4 emergency. What did not sound is not kept.'),
    beforeSeconds: z.number().min(0).max(10).default(3).describe('Kept from before the alarm, seconds.'),
    // At least one: two pictures a second are made, so that none would be kept of an alarm in less.
    afterSeconds: z.number().min(1).max(10).default(3).describe('Kept from after it, and after each rise of its level, seconds.'),
    // 80 pictures, the most a record has, are less than 10 MB however they look.
    maxMb: z
      .number()
      .min(10)
      .max(10_000)
      .default(100)
      .describe('Room for all of them, MB (an alarm has about 0.3 MB); the oldest go first.'),
    maxDays: z.int().min(1).max(365).default(14).describe('Older ones are deleted, days; counted while the clock is known to be right.'),
  })
  .prefault({})
  .describe('Pictures around an alarm, off by default. Before it is switched on, ask the drivers, and the law of the country.')
