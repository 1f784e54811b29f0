/** What events may tell beside what was seen: where, and who. Both say something of a person, and are off by default. */
import { z } from 'zod'
import { brokerUrl, topicName } from './texts.js'

const broker = () =>
  brokerUrl()
    .nullable()
    .default(null)
    .describe('A broker in the vehicle that needs no login, such as mqtt://localhost:1883; null: that of fleet, with its login.')

const positionMqtt = z
  .strictObject({
    topic: topicName().default('vehicle/position').describe('Its messages are {"latitude": number, "longitude": number}; degrees, WGS 84.'),
    url: broker(),
  })
  .prefault({})
  .describe('Only for kind: mqtt.')

const gpsd = z
  .strictObject({
    host: z
      .string()
      .regex(/^[\w.:-]{1,253}$/, { error: 'must be the name or address of a machine' })
      .default('localhost')
      .describe('The machine on which gpsd runs.'),
    // IANA: 2947 is gpsd's.
    port: z.int().min(1).max(65_535).default(2947).describe('The port of gpsd.'),
  })
  .prefault({})
  .describe('Only for kind: gpsd.')

export const position = z
  .strictObject({
    kind: z
      .enum(['none', 'mqtt', 'gpsd'])
      .default('none')
      .describe('none: events tell no position; mqtt: told on a topic; gpsd: asked of gpsd.'),
    // Own: at 90 km/h a vehicle is 250 m on after that.
    staleSeconds: z.number().min(1).max(120).default(10).describe('A position older than this is left out, seconds.'),
    mqtt: positionMqtt,
    gpsd,
  })
  .prefault({})
  .describe('Where the vehicle is, for the events.')

const driverMqtt = z
  .strictObject({
    topic: topicName()
      .default('vehicle/driver')
      .describe('Its messages are a name or number of at most 64 characters, or {"driver": ...}; better retained. Empty: nobody.'),
    url: broker(),
  })
  .prefault({})
  .describe('Only for kind: mqtt.')

export const driver = z
  .strictObject({
    kind: z.enum(['none', 'mqtt']).default('none').describe('none: events tell no driver; mqtt: told on a topic.'),
    // Regulation (EC) 561/2006: a day has at most 10 hours of driving, and breaks.
    staleSeconds: z
      .int()
      .min(60)
      .max(86_400)
      .default(43_200)
      .describe('Who was told longer ago than this is left out, seconds. Told by a card reader, once or again and again.'),
    mqtt: driverMqtt,
  })
  .prefault({})
  .describe('Who drives, for the events.')
