/** Values that are allowed, and that whoever sets them should know the price of. One rule an entry. */
import { brokersOf, isTls } from './conflicts.js'
import type { Conflict } from './finding.js'
import { configKeys } from './keys.js'
import type { Config } from './schema.js'
import { suggestKey } from './suggest.js'

// Design, "Policy", last row: blink rules and PERCLOS are withheld below 15 frames a second.
const BLINK_FPS = 15
// Own: at arm's length and a lens of 60°, eyes in a narrower picture are less than 24 px wide, the least that the eyes' figures hold for.
const NARROW_PX = 480
// Own: what a lorry goes in a second at 80 km/h, for the messages.
const METRES_A_SECOND = 22
// Euro NCAP 2026: a microsleep is a closure of 1–2 s; sleep of 3 s. What is set beyond the middle of the range is late.
const LATE_MICROSLEEP_SECONDS = 1.5
const LATE_SLEEP_SECONDS = 4
// Own, from the recordings: open eyes of frowning people give up to 0.4, lids that are not quite shut 0.6 and more.
const CRIES_WOLF_BELOW = 0.4
const MISSES_ABOVE = 0.65

/** Every risk of a configuration, as a warning. */
export const risksOf = (config: Config): Conflict[] => rules.flatMap((rule) => rule(config) ?? [])

const risky = (path: string, message: string): Conflict => ({
  code: 'risky',
  path: path.split('.'),
  involves: [path],
  message: `${path} ${message}`,
})

// IANA: mqtt 1883, secure-mqtt 8883.
const PLAIN_PORT = '1883'
const TLS_PORT = '8883'

const rules: readonly ((config: Config) => Conflict | readonly Conflict[] | null)[] = [
  ({ alarm }) => (alarm.output === 'none' ? risky('alarm.output', 'is none: nothing will wake the driver; for tests only') : null),
  ({ judgement: { microsleepSeconds: seconds } }) =>
    seconds > LATE_MICROSLEEP_SECONDS
      ? risky(
          'judgement.microsleepSeconds',
          `is ${seconds}: at 80 km/h the first warning comes after ${Math.round(seconds * METRES_A_SECOND)} m`,
        )
      : null,
  ({ judgement: { sleepSeconds: seconds } }) =>
    seconds > LATE_SLEEP_SECONDS
      ? risky('judgement.sleepSeconds', `is ${seconds}: at 80 km/h the alarm comes after ${Math.round(seconds * METRES_A_SECOND)} m`)
      : null,
  ({ judgement: { closedAbove } }) =>
    closedAbove < CRIES_WOLF_BELOW
      ? risky('judgement.closedAbove', `is ${closedAbove}: frowns and looks down may be called closed eyes`)
      : null,
  ({ judgement: { closedAbove } }) =>
    closedAbove > MISSES_ABOVE ? risky('judgement.closedAbove', `is ${closedAbove}: lids that are not quite shut may be missed`) : null,
  ({ evidence }) =>
    evidence.enabled && evidence.keyFile === null
      ? risky('evidence.keyFile', 'is null: whoever takes the memory card sees the pictures of the driver')
      : null,
  ({ camera }) =>
    camera.fps < BLINK_FPS
      ? risky('camera.fps', `is ${camera.fps}: under ${BLINK_FPS}, blinks and PERCLOS are not judged, only closures`)
      : null,
  ({ camera }) =>
    camera.widthPx < NARROW_PX
      ? risky('camera.widthPx', `is ${camera.widthPx}: the eyes are likely to be less than 24 pixels wide; take 640 or more`)
      : null,
  ({ fleet }) =>
    brokersOf(fleet).flatMap(({ url, path }) => {
      const { port } = new URL(url)
      const key = path.join('.')
      if (!isTls(url) && port === TLS_PORT) return risky(key, `has the port that brokers keep for TLS, ${port}: is mqtts:// meant?`)
      return isTls(url) && port === PLAIN_PORT ? risky(key, `has the port that brokers keep for lines without TLS, ${port}`) : []
    }),
  // Not an error: a key that an update took away must not keep a vehicle from starting.
  ({ fleet }) => {
    const keys = configKeys()
    return fleet.remote.locked.flatMap((name, index) => {
      if (keys.some(({ path }) => path === name)) return []
      const meant = suggestKey(name.split('.').at(-1) ?? name, name.split('.').slice(0, -1).join('.'), keys)
      return risky(
        `fleet.remote.locked.${index}`,
        `is ${name}, which is no key and locks nothing${meant === null ? '' : `; did you mean ${meant}?`}`,
      )
    })
  },
]
