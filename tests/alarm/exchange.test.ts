/** An output that is exchanged while a pattern plays: never silent without saying so. */
import { describe, expect, it } from 'vitest'
import { createExchangeableOutput } from '../../daemon/alarm/index.js'
import type { AlarmOutput, Lines } from '../../daemon/alarm/types.js'
import { describeAlarmOutput } from './contract.js'

const ON: Lines = { buzzer: true, led: true }
const OFF: Lines = { buzzer: false, led: false }

/** Lines that may be had once at a time, as the kernel has it. */
const board = () => {
  const taken = new Map<string, Lines>()
  const take =
    (name: string, refuses = false) =>
    (): AlarmOutput => {
      if (taken.has(name)) throw new Error(`${name} is busy`)
      taken.set(name, OFF)
      return {
        set(lines) {
          if (refuses) throw new Error(`${name} refuses`)
          taken.set(name, { ...lines })
        },
        close: () => void taken.delete(name),
      }
    }
  const missing = (): never => {
    throw new Error('no such line')
  }
  return { taken, take, missing }
}

describeAlarmOutput('an exchangeable output', () => {
  const { taken, take } = board()
  const output = createExchangeableOutput(take('old')())
  return { output, lines: () => taken.get('old') ?? OFF }
})

describe('an output that is exchanged', () => {
  const begin = () => {
    const { taken, take, missing } = board()
    const output = createExchangeableOutput(take('old')())
    output.set(ON)
    return { taken, take, missing, output }
  }

  it('has on the new lines at once what was on the old ones, which are given back', () => {
    const { taken, take, output } = begin()
    output.exchange(take('new'), take('old'))
    expect([...taken]).toEqual([['new', ON]])
  })

  it('may take the same lines again', () => {
    const { taken, take, output } = begin()
    output.exchange(take('old'), take('old'))
    expect([...taken]).toEqual([['old', ON]])
  })

  it.each(['are not there', 'refuse'])('has the old ones on again where the new ones %s', (how) => {
    const { taken, take, missing, output } = begin()
    const open = how === 'refuse' ? take('new', true) : missing
    expect(() => output.exchange(open, take('old'))).toThrow(how === 'refuse' ? 'new refuses' : 'no such line')
    expect([...taken]).toEqual([['old', ON]])
  })

  it('throws at every step where neither can be had, so that it is said', () => {
    const { missing, output } = begin()
    expect(() => output.exchange(missing, missing)).toThrow('no such line')
    expect(() => output.set(ON)).toThrow('no such line')
    output.close()
  })

  it('takes nothing once it is closed', () => {
    const { taken, take, output } = begin()
    output.close()
    output.exchange(take('new'), take('old'))
    expect([...taken]).toEqual([])
  })
})
