import { validate as isCron } from 'node-cron'
import { z } from 'zod'
import { commands, remote } from './remote.js'
import { brokerUrl, path, topicLevel } from './texts.js'

export const fleet = z
  .strictObject({
    url: brokerUrl().default('mqtt://localhost:1883').describe('The broker: mqtt://host:1883, or mqtts://host:8883 for TLS.'),
    fallbackUrls: z
      .array(brokerUrl())
      .max(7)
      .default([])
      .describe('Further brokers, tried in turn while the first does not answer; with the same login and certificates.'),
    clientId: z
      .string()
      .regex(/^[\w.-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, dots, underscores or hyphens, or null' })
      .nullable()
      .default(null)
      .describe('MQTT client id; null: made of fleet and vehicle.'),
    username: z
      .string()
      .min(1, { error: 'must not be empty; write null for none' })
      .nullable()
      .default(null)
      .describe('Name for the broker; null: none.'),
    passwordFile: path().nullable().default(null).describe('File that holds the password, and nothing else; null: none.'),
    caFile: path()
      .nullable()
      .default(null)
      .describe('Certificate (PEM) of the authority that signed that of the broker; null: the ones that Node.js knows.'),
    certFile: path().nullable().default(null).describe('The certificate of this vehicle (PEM); null: none.'),
    keyFile: path().nullable().default(null).describe('Key of that certificate (PEM); null: none.'),
    keepaliveSeconds: z
      .int()
      .min(5)
      .max(600)
      .default(30)
      .describe('Longest silence on the line; after one and a half of it, the broker says that the vehicle is offline. Seconds.'),
    connectTimeoutSeconds: z.int().min(2).max(60).default(10).describe('How long to wait for the broker to answer a connection, seconds.'),
    outbox: z
      .strictObject({
        file: path()
          .nullable()
          .default(null)
          .describe('Where events wait for the broker; null: outbox.sqlite in the state folder (state.dir); without one, in memory only.'),
        maxMb: z
          .int()
          .min(1)
          .max(1000)
          .default(20)
          .describe(
            'Room for waiting events, MB (an event is about 1 kB); the file may become twice as large. When full, the least severe and oldest go first.',
          ),
        maxDays: z.int().min(1).max(365).default(30).describe('Older events are given up, days.'),
      })
      .prefault({})
      .describe('Events wait here until the broker has acknowledged them.'),
    heartbeat: z
      .string()
      .refine(isCron, { error: 'must be a cron expression of five fields, or six with seconds, such as "*/30 * * * * *"' })
      .default('*/30 * * * * *')
      .describe('When the health of the vehicle is sent: a cron expression; with six fields, the first is seconds.'),
    homeAssistant: z
      .strictObject({
        discovery: z.boolean().default(false).describe('true: Home Assistant on the same broker shows the vehicle by itself.'),
        prefix: topicLevel().default('homeassistant').describe('First level of the topics on which it looks for devices.'),
      })
      .prefault({})
      .describe('For a Home Assistant that listens to the broker.'),
    commands,
    remote,
  })
  .prefault({})
  .describe('Where events are sent.')
