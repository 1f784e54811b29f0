/** The schemas of what a vehicle's own devices tell it, beside what the inputs take: docs/asyncapi.yaml promises no more, and hides nothing. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driverIn, ignitionIn, positionIn, speedIn } from '../../daemon/inputs/messages.js'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.js'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
const inputs = [
  ['input-speed', speedIn, 'speedKmh'],
  ['input-ignition', ignitionIn, 'ignition'],
  ['input-position', positionIn, 'latitude'],
  ['input-driver', driverIn, 'driver'],
] as const

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.double({ min: -400, max: 400, noNaN: true }),
  fc.integer({ min: -2, max: 301 }),
  fc.constantFrom(
    'on',
    'OFF',
    'True',
    'false',
    ' on',
    'yes',
    '',
    '4711',
    'A. Müller',
    '-5',
    '<b>',
    'x'.repeat(64),
    'x'.repeat(65),
    null,
    true,
    0,
    1,
    90,
    180,
    181,
  ),
)

describe.each(inputs)('%s', (id, valueIn, field) => {
  const validate = ajv.compile(jsonSchemas().get(id) ?? {})
  const payload = fc.oneof(
    value,
    value.map((one) => ({ [field]: one })),
    fc.record({ latitude: value, longitude: value }),
  )

  it('is taken where it keeps its schema, and turned down where it does not', () => {
    let taken = 0
    fc.assert(
      fc.property(payload, (sent) => {
        const isTaken = valueIn(JSON.stringify(sent)) !== null
        // A number that is not whole, or not safe, is a driver's by its digits alone: taken, and not promised.
        const isLenient = id === 'input-driver' && [sent, Object(sent).driver].some((one) => typeof one === 'number')
        if (isTaken) taken += 1
        if (validate(sent)) expect(isTaken, JSON.stringify(sent)).toBe(true)
        else if (!isLenient) expect(isTaken, JSON.stringify(sent)).toBe(false)
      }),
      { numRuns: 3000 },
    )
    expect(taken).toBeGreaterThan(10)
  })
})
