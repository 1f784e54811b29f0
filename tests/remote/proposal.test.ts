import { describe, expect, it } from 'vitest'
import { checkConfigText, defaultConfig, lockOn, locksOf, withAbsolutePaths } from '../../daemon/config/index.js'
import { requests } from '../../daemon/fleet/commands/index.js'
import { propose } from '../../daemon/remote/proposal.js'

const FILE = '/etc/kantukd/kantukd.yaml'
const asked = { transaction: 'desk-1', expires: '2026-11-24T21:10:00Z' }

const proposed = (text: string, change: object) => {
  const { config } = checkConfigText(text, FILE)
  if (config === null) throw new Error('the text is not valid')
  return propose(FILE, text, withAbsolutePaths(config, FILE), requests['config/set'].parse({ ...asked, ...change }))
}
const codeOf = (text: string, change: object) => {
  const came = proposed(text, change)
  return 'answer' in came && !came.answer.ok ? came.answer.error.code : 'ok'
}

describe('a change from afar', () => {
  it('may touch by default what neither warns, nor wires, nor tells of a person: a new section is locked, or is named here', () => {
    const config = defaultConfig()
    expect(Object.keys(config).filter((section) => lockOn(section, locksOf(config)) === null)).toEqual(['health', 'record', 'log'])
  })

  it('comes to the new text, the new configuration and what differs', () => {
    expect(proposed('log:\n  level: info # loud\n', { set: { 'log.level': 'debug' } })).toMatchObject({
      text: 'log:\n  level: debug # loud\n',
      config: { log: { level: 'debug' } },
      changes: [{ path: 'log.level', from: 'info', to: 'debug' }],
      warnings: [],
    })
  })

  it('that is wrong is told as check-config does, with the place', () => {
    expect(
      proposed('locate:\n  region:\n    leftShare: 0\nfleet: {remote: {locked: []}}\n', { set: { 'locate.region.leftShare': 7 } }),
    ).toEqual({
      answer: {
        ok: false,
        error: {
          code: 'config-invalid',
          message: `${FILE} would be wrong.`,
          findings: [expect.objectContaining({ code: 'out-of-range', line: 3, column: 16, path: 'locate.region.leftShare' })],
        },
      },
    })
  })

  it.each([
    ['a key that there is not', { set: { 'log.colour': 'red' } }],
    ['a prototype', { set: { '__proto__.polluted': true, 'constructor.prototype.polluted': true } }],
    ['a key below a value', { set: { 'log.level.x': 1 } }],
    ['nothing but dots', { set: { '...': 1 } }],
    ['a section', { set: { log: 'debug' } }],
    ['a default of a key that there is not', { unset: ['log.colour'] }],
  ])('of %s is refused', (_, change) => {
    expect(codeOf('log: {level: info}', change)).toBe('config-invalid')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it.each([
    ['alarm.output', 'none'],
    ['alarm', 'none'],
    ['judgement.microsleepSeconds', 2],
    ['fleet.url', 'mqtt://elsewhere'],
    ['vehicle.id', 'other'],
    ['camera.kind', 'file'],
    ['camera', 'file'],
    ['camera.mirror', true],
    ['locate.driverSide', 'left'],
    ['speed.pulses.perKm', 25000],
    ['ignition.kind', 'mqtt'],
    ['gpio.backend', 'sysfs'],
    ['state.dir', '/tmp'],
  ])('of %s is locked by default', (path, value) => expect(codeOf('log: {level: info}', { set: { [path]: value } })).toBe('key-locked'))

  it.each(['fleet.remote.locked', 'fleet.commands.allow', 'fleet.remote', 'fleet'])('of %s is locked though nothing is', (path) => {
    expect(codeOf('fleet: {remote: {locked: []}}', { set: { [path]: [] } })).toBe('key-locked')
  })

  it('of what the technician has unlocked goes', () => {
    expect(
      codeOf('fleet: {remote: {locked: []}}', { set: { 'judgement.microsleepSeconds': 1.2, 'fleet.heartbeat': '*/10 * * * * *' } }),
    ).toBe('ok')
  })

  it('that reaches a locked key by a reference is refused', () => {
    const text = 'button:\n  gpio: &wire {line: 5}\nalarm:\n  buzzer: *wire\nfleet: {remote: {locked: [alarm]}}\n'
    expect(codeOf(text, { set: { 'button.gpio.line': 7 } })).toBe('key-locked')
  })

  it('of a file that is wrong as it is, is refused', () => {
    const { config } = checkConfigText('', FILE)
    if (config === null) throw new Error('no defaults')
    expect(propose(FILE, 'log: {level: loud}', config, requests['config/set'].parse({ ...asked, unset: ['log.format'] }))).toMatchObject({
      answer: { error: { code: 'config-invalid', findings: [{ code: 'not-a-choice' }] } },
    })
  })
})
