import { describe, expect, it } from 'vitest'
import { type Pattern, patterns } from '../../daemon/alarm/patterns.js'
import type { Signal } from '../../daemon/signal.js'

const all: [Signal, Pattern][] = [
  ['clear', patterns.clear],
  ['quiet', patterns.quiet],
  ['notice', patterns.notice],
  ['warn', patterns.warn],
  ['alarm', patterns.alarm],
  ['emergency', patterns.emergency],
  ['distracted', patterns.distracted],
  ['distracted-long', patterns['distracted-long']],
  ['cannot-see', patterns['cannot-see']],
  ['degraded', patterns.degraded],
]

it('are all tried here', () => expect(all.map(([name]) => name).sort()).toEqual(Object.keys(patterns).sort()))

/** The pattern over 10 s, sampled every 10 ms, as a driver would hear or see it. */
const course = ({ once, loop }: Pattern, part: 'buzzer' | 'led'): string => {
  const samples: string[] = []
  for (let i = 0; samples.length < 1000; i++) {
    const step = i < once.length ? once[i] : loop[(i - once.length) % loop.length]
    if (step === undefined) throw new Error('an empty pattern')
    for (let ms = 0; ms < step.ms; ms += 10) samples.push(step[part] ? '1' : '0')
  }
  return samples.slice(0, 1000).join('')
}
const share = (text: string): number => text.replaceAll('0', '').length / text.length
const beeps = (text: string): number => text.match(/1+/g)?.length ?? 0

describe('the patterns', () => {
  it('differ from each other in sound or light', () => {
    expect(new Set(all.map(([, pattern]) => course(pattern, 'buzzer') + course(pattern, 'led'))).size).toBe(all.length)
  })

  it('sound different wherever they sound for more than a moment', () => {
    const sounding = all
      .filter(([name]) => !['clear', 'quiet', 'alarm', 'emergency'].includes(name))
      .map(([, pattern]) => course(pattern, 'buzzer'))
    expect(new Set(sounding).size).toBe(sounding.length)
  })

  it.each(all)('%s has steps that a buzzer and an eye can follow', (_, { once, loop }) => {
    expect(loop.length).toBeGreaterThan(0)
    for (const { ms } of [...once, ...loop]) expect(ms).toBeGreaterThanOrEqual(50)
  })

  it('begin at once: every one that sounds is on in its first step', () => {
    for (const [name, { once, loop }] of all) expect((once[0] ?? loop[0])?.buzzer).toBe(name !== 'clear' && name !== 'quiet')
  })

  it('grow with the level', () => {
    const shares = (['clear', 'notice', 'warn', 'alarm'] as const).map((name) => share(course(patterns[name], 'buzzer')))
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(new Set(shares).size).toBe(4)
  })

  it('of distraction are less urgent than those of closed eyes: fewer beeps, less sound', () => {
    const beepsOf = (name: Signal) => beeps(course(patterns[name], 'buzzer'))
    expect([beepsOf('distracted'), beepsOf('distracted-long'), beepsOf('warn')]).toEqual([2, 10, 30])
    expect(share(course(patterns['distracted-long'], 'buzzer'))).toBeLessThan(share(course(patterns.warn, 'buzzer')) / 2)
  })

  it('quiet is silent, with a light', () => {
    expect([share(course(patterns.quiet, 'buzzer')), beeps(course(patterns.quiet, 'led'))]).toEqual([0, 5])
  })
  it('degraded is one beep in all, and a wink of the light every 5 s', () => {
    expect([beeps(course(patterns.degraded, 'buzzer')), beeps(course(patterns.degraded, 'led'))]).toEqual([1, 3])
  })
  it('clear is silent and dark', () => expect(share(course(patterns.clear, 'buzzer') + course(patterns.clear, 'led'))).toBe(0))
  it('notice is one short beep in all, and a blinking light', () => {
    expect(beeps(course(patterns.notice, 'buzzer'))).toBe(1)
    expect(beeps(course(patterns.notice, 'led'))).toBe(10)
  })
  it('warn is three beeps a second', () => expect(course(patterns.warn, 'buzzer').slice(0, 200).match(/1+/g)).toHaveLength(6))
  it('alarm is an unbroken tone with a steady light', () =>
    expect(share(course(patterns.alarm, 'buzzer') + course(patterns.alarm, 'led'))).toBe(1))
  it('emergency is an unbroken tone with a flickering light', () => {
    expect(share(course(patterns.emergency, 'buzzer'))).toBe(1)
    expect(beeps(course(patterns.emergency, 'led'))).toBeGreaterThan(50)
  })
  it('cannot-see is a short beep every 5 s and two slow blinks', () => {
    const sound = course(patterns['cannot-see'], 'buzzer')
    expect([beeps(sound), share(sound) < 0.05, beeps(course(patterns['cannot-see'], 'led'))]).toEqual([2, true, 4])
  })
})
