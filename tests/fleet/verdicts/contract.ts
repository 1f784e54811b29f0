/** What every store of verdicts must do; called by the test of each. */
import { describe, expect, it } from 'vitest'
import type { Verdicts } from '../../../daemon/fleet/verdicts/index.js'

export const ONE = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072'
export const OTHER = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6073'

export const describeVerdicts = (name: string, make: () => Verdicts): void => {
  describe(`verdicts in ${name}, as everywhere`, () => {
    it('tell what was said of an incident, and null of the others', async () => {
      const verdicts = make()
      await verdicts.put(ONE, false)
      expect([verdicts.of(ONE), verdicts.of(OTHER)]).toEqual([false, null])
    })

    it('take a later verdict for an earlier one', async () => {
      const verdicts = make()
      await verdicts.put(ONE, false)
      await verdicts.put(ONE, true)
      expect(verdicts.of(ONE)).toBe(true)
    })

    it('take many at once', async () => {
      const verdicts = make()
      const ids = Array.from({ length: 50 }, (_, n) => `incident-${n}`)
      await Promise.all(ids.map((id, n) => verdicts.put(id, n % 2 === 0)))
      expect(ids.map(verdicts.of)).toEqual(ids.map((_, n) => n % 2 === 0))
    })
  })
}
