/** What every alarm output must do; called by the test of each. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AlarmOutput, Lines } from '../../daemon/alarm/types.js'

export type Subject = {
  output: AlarmOutput
  /** What is on the lines now; null where an output has none to look at. */
  lines(): Lines | null
}

const ON: Lines = { buzzer: true, led: true }
const OFF: Lines = { buzzer: false, led: false }

export const describeAlarmOutput = (name: string, make: () => Subject): void => {
  describe(`${name}, as every alarm output`, () => {
    let subject: Subject | null = null
    const begin = (): Subject => {
      subject = make()
      return subject
    }
    afterEach(() => subject?.output.close())

    it('is off before anything is set', () => expect(begin().lines() ?? OFF).toEqual(OFF))

    it.each<Lines>([ON, { buzzer: true, led: false }, { buzzer: false, led: true }, OFF])(
      'has what was set before set returns: %o',
      (lines) => {
        const { output, lines: now } = begin()
        output.set(lines)
        expect(now() ?? lines).toEqual(lines)
      },
    )

    it('takes the same lines again', () => {
      const { output, lines } = begin()
      output.set(ON)
      output.set(ON)
      expect(lines() ?? ON).toEqual(ON)
    })

    it('keeps what it was given, not the object', () => {
      const { output, lines } = begin()
      const given = { ...ON }
      output.set(given)
      given.buzzer = false
      expect(lines() ?? ON).toEqual(ON)
    })

    it('is off after close', () => {
      const { output, lines } = begin()
      output.set(ON)
      output.close()
      expect(lines() ?? OFF).toEqual(OFF)
    })

    it('stays off after close, whatever is set, and takes a second close', () => {
      const { output, lines } = begin()
      output.close()
      output.set(ON)
      output.close()
      expect(lines() ?? OFF).toEqual(OFF)
    })
  })
}
