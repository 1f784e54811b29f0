import { z } from 'zod'
import { brokerUrl, chip, line, lineName, path, topicName } from './texts.js'

const activeLow = () =>
  z
    .boolean()
    .default(true)
    .describe('true where the line is pulled to ground when it is on, as by a button or an optocoupler on a line with pull-up.')

const broker = () =>
  brokerUrl()
    .nullable()
    .default(null)
    .describe('A broker in the vehicle that needs no login, such as mqtt://localhost:1883; null: that of fleet, with its login.')

const speedMqtt = z
  .strictObject({
    topic: topicName().default('vehicle/speed').describe('Its messages are a number, or {"speedKmh": number}; kilometres an hour.'),
    url: broker(),
    // Own: three messages of a sender that speaks once a second; the shorter, the sooner a lost speed means "active".
    staleSeconds: z.number().min(0.5).max(30).default(3).describe('A speed older than this counts as unknown, seconds.'),
  })
  .prefault({})
  .describe('Only for kind: mqtt.')

const speedPulses = z
  .strictObject({
    chip: chip(),
    line: line().default(4).describe('Line of that chip. On a Pi it is the GPIO number: 4 is pin 7, and has a pull-up. At most 3.3 V.'),
    lineName: lineName(),
    activeLow: activeLow(),
    // Regulation (EU) 165/2014, Annex IC: a tachograph's characteristic coefficient w is 4000 to 25000 pulses a kilometre; wheel sensors give fewer.
    perKm: z
      .int()
      .min(500)
      .max(25_000)
      .default(8000)
      .describe('Pulses in a kilometre; a tachograph names it as w or k. Too high a number makes the speed too low.'),
    debounceMs: z
      .number()
      .min(0)
      .max(20)
      .default(0.5)
      .describe('Pulses that follow closer than this are one, milliseconds. Shorter than a true pulse at 250 km/h.'),
  })
  .prefault({})
  .describe('Only for kind: pulses.')

export const speed = z
  .strictObject({
    kind: z
      .enum(['none', 'mqtt', 'pulses'])
      .default('none')
      .describe('none: the speed is unknown, and every rule is active; mqtt: told on a topic; pulses: counted on a GPIO line.'),
    mqtt: speedMqtt,
    pulses: speedPulses,
  })
  .prefault({})
  .describe('Where the speed comes from. It makes alarms quiet at low speed; when it is lost, they are not.')

const buttonGpio = z
  .strictObject({
    chip: chip(),
    line: line().default(5).describe('Line of that chip. On a Pi it is the GPIO number: 5 is pin 29, and has a pull-up.'),
    lineName: lineName(),
    activeLow: activeLow(),
    // Own: twice the bounce of common push-buttons (10 to 25 ms).
    debounceMs: z.int().min(5).max(500).default(50).describe('A press counts when the line has been quiet for this long, milliseconds.'),
  })
  .prefault({})
  .describe('Only for kind: gpio.')

export const button = z
  .strictObject({
    kind: z.enum(['none', 'gpio']).default('none').describe('none: there is no button; gpio: a push-button on a GPIO line.'),
    gpio: buttonGpio,
  })
  .prefault({})
  .describe('The button by which the driver says "I have heard it". It never mutes the alarm of sleep.')

const ignitionGpio = z
  .strictObject({
    chip: chip(),
    line: line().default(6).describe('Line of that chip. On a Pi it is the GPIO number: 6 is pin 31, and has a pull-up. At most 3.3 V.'),
    lineName: lineName(),
    activeLow: activeLow(),
    // Own: a starter motor makes the supply drop for a tenth of a second or two.
    debounceMs: z
      .int()
      .min(10)
      .max(5000)
      .default(500)
      .describe('A change counts when the line has been quiet for this long, milliseconds.'),
  })
  .prefault({})
  .describe('Only for kind: gpio.')

const ignitionMqtt = z
  .strictObject({
    topic: topicName()
      .default('vehicle/ignition')
      .describe('Its messages are true or false, 1 or 0, on or off, or {"ignition": true}; better retained.'),
    url: broker(),
  })
  .prefault({})
  .describe('Only for kind: mqtt.')

export const ignition = z
  .strictObject({
    kind: z
      .enum(['none', 'gpio', 'mqtt'])
      .default('none')
      .describe('none: a trip lasts as long as the daemon runs; gpio: on a GPIO line; mqtt: told on a topic.'),
    // Own: a stop for fuel or a stalled engine is one trip; a supply that is held after the ignition is, is held for about a minute.
    powerHoldSeconds: z
      .int()
      .min(5)
      .max(3600)
      .nullable()
      .default(30)
      .describe(
        'So long after the ignition went off the daemon ends in order, before the power goes; it watches again from the next "on". Seconds; null: never.',
      ),
    gpio: ignitionGpio,
    mqtt: ignitionMqtt,
  })
  .prefault({})
  .describe('Whether the ignition is on: a trip begins and ends with it.')

export const state = z
  .strictObject({
    dir: path()
      .nullable()
      .default(null)
      .describe('Folder for what is kept over a restart; null: the one that systemd gives ($STATE_DIRECTORY), without systemd none.'),
  })
  .prefault({})
  .describe('What is kept over a restart: how the eyes of the driver look when open (numbers, no picture).')

export const record = z
  .strictObject({
    // Own: an hour of observations at 30 frames a second is about 50 MB (tests/commands/run.test.ts).
    folderMb: z
      .int()
      .min(50)
      .max(1_000_000)
      .default(1000)
      .describe('Observations of run --record kept in all, MB; the oldest go first. About 50 MB an hour at 30 frames a second.'),
  })
  .prefault({})
  .describe('For run --record.')
