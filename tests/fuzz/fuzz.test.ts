/** A slice of `npm run fuzz`; and that it can find something. */
import { expect, it } from 'vitest'
import { damaged, disfigured } from '../../scripts/fuzz/mutate.js'
import { targets } from '../../scripts/fuzz/targets/index.js'
import { TimeOver, trying } from '../../scripts/fuzz/targets/types.js'
import { seeded } from '../../scripts/train/random.js'

it.each(Object.entries(targets))('%s, damaged: some are right, most are refused, none does harm', async (_, { target, share }) => {
  const inputs = Math.round(4000 * share)
  const right = await target(seeded(20_261_128), inputs, () => true)
  expect(right).toBeGreaterThan(0)
  expect(right).toBeLessThan(inputs)
})

it.each(Object.entries(targets))('%s: the time is looked at after each 50 inputs', async (_, { target }) => {
  let looks = 0
  await expect(target(seeded(1), 500, () => ++looks <= 1)).rejects.toThrow(TimeOver)
  expect(looks).toBe(2)
})

it('names the input that did harm', async () => {
  const harm = trying('{"a": 1}', () => {
    throw new TypeError('x is undefined')
  })
  await expect(harm).rejects.toThrow('x is undefined\n  on "{\\"a\\": 1}"')
})

it('damages the same way with the same seed, and in another with another', () => {
  const text = 'camera: {kind: usb}\nlog: {level: info}\n'
  const times = (seed: number) => Array.from({ length: 20 }, (_, n) => damaged(text, seeded(seed + n)))
  expect(times(1)).toEqual(times(1))
  expect(times(1)).not.toEqual(times(100))
  expect(JSON.stringify(disfigured({ a: [1, { b: 2 }] }, seeded(3)))).toBe(JSON.stringify(disfigured({ a: [1, { b: 2 }] }, seeded(3))))
})
