import { describe, expect, it } from 'vitest'
import { ignitionIn, speedIn } from '../../daemon/inputs/messages.js'

describe('a speed on a topic', () => {
  it.each([
    ['83.5', 83.5],
    ['0', 0],
    [' 12 \n', 12],
    ['{"speedKmh":42}', 42],
    ['{"speedKmh":42,"unit":"km/h"}', 42],
    ['300', 300],
  ])('%j is %d km/h', (text, kmh) => expect(speedIn(text)).toBe(kmh))

  it.each([
    '',
    'fast',
    '"42"',
    '-1',
    '300.1',
    '1e999',
    'null',
    'true',
    '[42]',
    '{"speed":42}',
    '{"speedKmh":"42"}',
    '{"speedKmh":null}',
    '{"sp',
  ])('%j is none', (text) => expect(speedIn(text)).toBeNull())
})

describe('an ignition on a topic', () => {
  it.each(['true', '1', 'on', 'ON', '"on"', '{"ignition":true}', '{"ignition":"on"}'])('%j is on', (text) =>
    expect(ignitionIn(text)).toBe(true),
  )
  it.each(['false', '0', 'off', '"Off"', '{"ignition":0}'])('%j is off', (text) => expect(ignitionIn(text)).toBe(false))
  it.each(['', '2', 'maybe', 'null', '{}', '{"ignition":null}', '[1]'])('%j is neither', (text) => expect(ignitionIn(text)).toBeNull())
})
