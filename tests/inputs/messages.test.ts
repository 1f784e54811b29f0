import { describe, expect, it } from 'vitest'
import { driverIn, ignitionIn, positionIn, speedIn } from '../../daemon/inputs/messages.js'

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

describe('a position on a topic', () => {
  it.each([
    ['{"latitude":48.1,"longitude":11.5}', { latitude: 48.1, longitude: 11.5 }],
    ['{"latitude":-90,"longitude":180,"altitude":3}', { latitude: -90, longitude: 180 }],
  ])('%j is one', (text, position) => expect(positionIn(text)).toEqual(position))
  it.each([
    '',
    '48',
    '[48,11]',
    '{"latitude":48.1}',
    '{"latitude":91,"longitude":0}',
    '{"latitude":"48","longitude":"11"}',
    '{"latitude":1e999,"longitude":0}',
    'null',
  ])('%j is none', (text) => expect(positionIn(text)).toBeNull())
})

describe('a driver on a topic', () => {
  it.each([
    ['4711', '4711'],
    ['004711', '004711'],
    ['12345678901234567890', '12345678901234567890'],
    ['"A. Müller"', 'A. Müller'],
    ['card:DF000123456789', 'card:DF000123456789'],
    ['{"driver":"4711"}', '4711'],
    ['{"driver":4711}', '4711'],
    ['', null],
    ['""', null],
    ['null', null],
    ['{"driver":null}', null],
  ])('%j is %j', (text, driver) => expect(driverIn(text)).toEqual({ driver }))
  it.each(['{"name":"x"}', '[1]', 'true', '{"driver":{}}', 'a\u0000b', '<script>', 'x'.repeat(65), '-'])('%j is none', (text) =>
    expect(driverIn(text)).toBeNull(),
  )
})
