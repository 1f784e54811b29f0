/** What every input must do; called by the test of each. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Input } from '../../daemon/inputs/types.js'
import { until } from '../fleet/harness.js'

export type Subject<T> = {
  input: Input<T>
  now(): number
  /** Makes the source tell something; gives what must then be read. Null for a source that never tells. */
  tell: (() => T | Promise<T>) | null
}

export const describeInput = <T>(name: string, make: () => Subject<T> | Promise<Subject<T>>): void => {
  describe(`${name}, as every input`, () => {
    let subject: Subject<T> | null = null
    const begin = async (): Promise<Subject<T>> => {
      subject = await make()
      return subject
    }
    afterEach(() => subject?.input.close())

    it('reads what was told, and says unknown where nothing ever is', async () => {
      const { input, now, tell } = await begin()
      if (tell === null) {
        expect(input.read(now())).toBeNull()
        return
      }
      const told = await tell()
      await until(
        () => input.read(now()) === told,
        () => `reads ${input.read(now())}, told was ${told}`,
      )
    })

    it('reads the same when it is read again, and never throws', async () => {
      const { input, now, tell } = await begin()
      const told = (await tell?.()) ?? null
      await until(
        () => input.read(now()) === told,
        () => `reads ${input.read(now())}`,
      )
      expect([input.read(now()), input.read(now())]).toEqual([told, told])
    })

    it('is unknown after close, also of what is told then, and takes a second close', async () => {
      const { input, now, tell } = await begin()
      await tell?.()
      await input.close()
      await tell?.()
      await input.close()
      expect(input.read(now())).toBeNull()
    })
  })
}
