import { afterEach, describe, expect, it, vi } from 'vitest'
import { patterns } from '../../daemon/alarm/patterns.js'
import { type Alarm, createAlarm, type Timers } from '../../daemon/alarm/player.js'
import type { Lines } from '../../daemon/alarm/types.js'
import type { Signal } from '../../daemon/signal.js'

const opened: Alarm[] = []
afterEach(() => {
  for (const alarm of opened.splice(0)) alarm.close()
})

/** A player on an output that keeps a record, with a clock that the test moves. */
const onStage = () => {
  let nowMs = 0
  let due: { atMs: number; run: () => void } | null = null
  const timers: Timers = (run, ms) => {
    const mine = { atMs: nowMs + ms, run }
    due = mine
    return () => {
      if (due === mine) due = null
    }
  }
  const record: string[] = []
  const faults: string[] = []
  const goodAt: number[] = []
  const fault: { message: string | null } = { message: null }
  let now: Lines = { buzzer: false, led: false }
  const output = {
    set(lines: Lines) {
      if (fault.message !== null) throw new Error(fault.message)
      now = lines
      record.push(`${nowMs} ${lines.buzzer ? 'B' : '-'}${lines.led ? 'L' : '-'}`)
    },
    close: () => {
      record.push(`${nowMs} closed`)
    },
  }
  const wait = (ms: number): void => {
    const endMs = nowMs + ms
    while (due !== null && due.atMs <= endMs) {
      const { atMs, run }: { atMs: number; run: () => void } = due
      due = null
      nowMs = atMs
      run()
    }
    nowMs = endMs
  }
  const alarm = createAlarm(output, { timers, onFault: ({ message }) => faults.push(message), onGood: () => goodAt.push(nowMs) })
  opened.push(alarm)
  return { alarm, record, faults, goodAt, fault, wait, lines: () => now, isIdle: () => due === null }
}

describe('the player', () => {
  it.each<Signal>(['quiet', 'notice', 'warn', 'alarm', 'emergency', 'distracted', 'distracted-long', 'cannot-see', 'degraded'])(
    'has the first step of %s on the lines when show returns',
    (signal) => {
      const { alarm, record } = onStage()
      alarm.show(signal)
      const first = patterns[signal].once[0] ?? patterns[signal].loop[0]
      expect(record).toEqual([`0 ${first?.buzzer ? 'B' : '-'}${first?.led ? 'L' : '-'}`])
    },
  )

  it('plays what comes once, then the loop again and again', () => {
    const { alarm, record, wait } = onStage()
    alarm.show('notice')
    wait(2200)
    expect(record).toEqual(['0 BL', '100 -L', '500 --', '1100 -L', '1500 --', '2100 -L'])
  })

  it('goes on undisturbed when the same signal is shown with every frame', () => {
    const { alarm, record, wait } = onStage()
    for (let frame = 0; frame < 30; frame++) {
      alarm.show('warn')
      wait(33)
    }
    expect(record).toEqual(['0 BL', '120 --', '200 BL', '320 --', '400 BL', '520 --'])
  })

  it('turns to another signal at once, and nothing of the first comes after', () => {
    const { alarm, record, wait } = onStage()
    alarm.show('warn')
    wait(130)
    alarm.show('alarm')
    wait(1500)
    expect(record).toEqual(['0 BL', '120 --', '130 BL', '1130 BL'])
  })

  it('begins anew when a signal comes back after another', () => {
    const { alarm, record, wait } = onStage()
    alarm.show('notice')
    wait(50)
    alarm.show('clear')
    wait(1000)
    alarm.show('notice')
    expect(record).toEqual(['0 BL', '50 --', '1050 BL'])
  })

  it('is off on clear, and no timer runs on', () => {
    const { alarm, lines, isIdle } = onStage()
    alarm.show('emergency')
    alarm.show('clear')
    expect([lines(), isIdle()]).toEqual([{ buzzer: false, led: false }, true])
  })

  it('closes the output once, and shows nothing after', () => {
    const { alarm, record, isIdle } = onStage()
    alarm.show('alarm')
    alarm.close()
    alarm.close()
    alarm.show('emergency')
    expect([record, isIdle()]).toEqual([['0 BL', '0 closed'], true])
  })

  it('says once that the output refuses, tries again, and says it anew after it worked', () => {
    const { alarm, record, faults, fault, wait } = onStage()
    fault.message = 'the wire is off'
    alarm.show('alarm')
    wait(3000)
    expect(faults).toEqual(['the wire is off'])
    fault.message = null
    wait(1000)
    expect(record).toEqual(['4000 BL'])
    fault.message = 'the wire is off'
    wait(1000)
    expect(faults).toHaveLength(2)
  })

  it('leaves no exit hook behind', () => {
    const before = process.listenerCount('exit')
    const { alarm } = onStage()
    expect(process.listenerCount('exit')).toBe(before + 1)
    alarm.close()
    expect(process.listenerCount('exit')).toBe(before)
  })

  it.each(['a warning', 'a test'])('tries again each second to end %s where that is refused, and tells when it is taken', (what) => {
    const { alarm, record, faults, goodAt, fault, wait, isIdle } = onStage()
    if (what === 'a test') alarm.test()
    else alarm.show('warn')
    fault.message = 'the wire is off'
    if (what === 'a test') wait(10_000)
    else alarm.show('clear')
    wait(2500)
    expect([faults, goodAt, isIdle()]).toEqual([['the wire is off'], [], false])
    fault.message = null
    wait(1000)
    expect(goodAt).toHaveLength(1)
    expect(record.at(-1)).toMatch(/ --$/)
    expect(isIdle()).toBe(true)
  })
})

describe('a test that someone asked for', () => {
  it('plays once over silence, and leaves silence', () => {
    const { alarm, record, wait, lines, isIdle } = onStage()
    alarm.show('clear')
    expect(alarm.test()).toBe(true)
    for (let frame = 0; frame < 60; frame++) {
      alarm.show('clear')
      wait(33)
    }
    expect(record).toEqual(['0 --', '0 -L', '500 BL', '800 --', '1100 BL', '1400 -L', '1700 --'])
    expect([lines(), isIdle()]).toEqual([{ buzzer: false, led: false }, true])
  })

  it.each<Signal>(['quiet', 'notice', 'warn', 'alarm', 'emergency', 'distracted', 'distracted-long', 'cannot-see', 'degraded'])(
    'is refused while %s is shown, which goes on undisturbed',
    (signal) => {
      const [alone, asked] = [onStage(), onStage()]
      for (const { alarm, wait } of [alone, asked]) {
        alarm.show(signal)
        wait(700)
      }
      expect(asked.alarm.test()).toBe(false)
      for (const { wait } of [alone, asked]) wait(7000)
      expect(asked.record).toEqual(alone.record)
    },
  )

  it.each([
    ['buzzer', '0 --,500 B-,800 --,1100 B-,1400 --,1700 --'],
    ['led', '0 -L,500 -L,800 --,1100 -L,1400 -L,1700 --'],
  ] as const)('plays on the %s alone, when asked', (part, record) => {
    const played = onStage()
    played.alarm.test(part)
    played.wait(5000)
    expect(played.record.join()).toBe(record)
  })

  it('gives way to an alarm at whatever moment it comes: from then on it sounds as if there had been no test', () => {
    for (let atMs = 0; atMs <= 2000; atMs += 50) {
      const [alone, tested] = [onStage(), onStage()]
      tested.alarm.test()
      for (const { alarm, wait } of [alone, tested]) {
        wait(atMs)
        alarm.show('warn')
        wait(3000)
      }
      expect(tested.record.filter((line) => Number.parseInt(line, 10) > atMs)).toEqual(
        alone.record.filter((line) => Number.parseInt(line, 10) > atMs),
      )
      expect(tested.record).toContain(`${atMs} BL`)
    }
  })

  it('that the output refuses is known at once, until it takes a step again', () => {
    let isThere = false
    const alarm = createAlarm(
      {
        set() {
          if (!isThere) throw new Error('the line is gone')
        },
        close: () => undefined,
      },
      { timers: () => () => undefined, onFault: () => undefined },
    )
    opened.push(alarm)
    expect(alarm.fault()).toBeNull()
    alarm.test()
    expect(alarm.fault()).toBe('the line is gone')
    isThere = true
    alarm.show('warn')
    expect(alarm.fault()).toBeNull()
  })

  it('does nothing once closed', () => {
    const { alarm, record } = onStage()
    alarm.close()
    expect([alarm.test(), record]).toEqual([false, ['0 closed']])
  })
})

it('an output that throws a word, and a caller who does not ask for faults: it is a warning of the process', async () => {
  const warnings: string[] = []
  const listen = ({ message }: Error) => void warnings.push(message)
  process.on('warning', listen)
  const refusing = {
    set() {
      // As some native libraries do.
      throw 'the line is gone'
    },
    close: () => undefined,
  }
  const alarm = createAlarm(refusing)
  opened.push(alarm)
  expect(() => alarm.show('alarm')).not.toThrow()
  await vi.waitFor(() => expect(warnings).toContain('the line is gone'))
  process.off('warning', listen)
})
