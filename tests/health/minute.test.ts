/** The line a minute: a sentence, whatever is known. */
import { expect, it } from 'vitest'
import { type MinuteState, minuteSentence } from '../../daemon/health/minute.js'

const state: MinuteState = {
  isWatching: true,
  fps: 29.84,
  measures: { coverage: 0.976, perclos60: 0.0214, blinksPerMinute: 14.8, calibrating: false, withheld: null },
  runningMs: 600_000,
  speedKmh: 61.7,
  isConnected: true,
  waiting: 0,
  celsius: 51.6,
}
const measured = (more: Partial<NonNullable<MinuteState['measures']>>) => ({
  measures: { coverage: 0.976, perclos60: 0.0214, blinksPerMinute: 14.8, calibrating: false, withheld: null, ...more },
})
const bare = { speedKmh: null, celsius: null }
const AWAY = 'the broker is not reached, and nothing waits for it.'

it.each<[string, Partial<MinuteState>, string]>([
  [
    'all is known',
    {},
    'The eyes were seen for 98 % of the last minute at 29.8 frames a second, closed for 2.1 % of that (PERCLOS) and blinked 15 times a minute; the vehicle drives at 62 km/h; the broker is connected, and nothing waits; the processor has 52 °C.',
  ],
  [
    'it has begun',
    { ...bare, ...measured({ perclos60: null, blinksPerMinute: null, calibrating: true }), runningMs: 59_999, waiting: 1 },
    'The eyes were seen for 98 % of the time since the start at 29.8 frames a second; they are still being learned; the broker is connected, and 1 message waits.',
  ],
  [
    'blinks are withheld',
    { ...bare, ...measured({ blinksPerMinute: null }), isConnected: false, waiting: 12 },
    'The eyes were seen for 98 % of the last minute at 29.8 frames a second and closed for 2.1 % of that (PERCLOS); the broker is not reached, and 12 messages wait for it.',
  ],
  [
    'frames are few: it says why figures are missing',
    { ...bare, ...measured({ perclos60: null, blinksPerMinute: null, withheld: 'too-few-frames' }), fps: 13.9 },
    'The eyes were seen for 98 % of the last minute at 13.9 frames a second, too few for PERCLOS and blinks; the broker is connected, and nothing waits.',
  ],
  [
    'nobody sits there',
    { ...bare, ...measured({ coverage: 0, perclos60: null }), isConnected: false },
    `The eyes were not seen in the last minute at 29.8 frames a second; ${AWAY}`,
  ],
  ['there is no camera', { ...bare, isWatching: false, isConnected: false }, `There is no picture of the driver; ${AWAY}`],
  ['nothing was judged yet', { ...bare, measures: null, fps: 0, isConnected: false }, `There is no picture of the driver; ${AWAY}`],
])('where %s', (_, more, sentence) => expect(minuteSentence({ ...state, ...more })).toBe(sentence))
