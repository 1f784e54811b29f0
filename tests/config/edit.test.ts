import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfigText, defaultConfig, editConfig } from '../../daemon/config/index.js'
import { configKeys } from '../../daemon/config/keys.js'
import { valueAt } from '../../daemon/config/values.js'

const annotated = readFileSync(new URL('../../config/kantukd.yaml', import.meta.url), 'utf8')
const differing = (before: string, after: string) => {
  const [old, now] = [before.split('\n'), after.split('\n')]
  expect(now).toHaveLength(old.length)
  return now.filter((line, n) => line !== old[n])
}

describe('an edit of a configuration', () => {
  it('changes the one line of the annotated file, and no other character', () => {
    const edited = editConfig(annotated, { set: { 'judgement.microsleepSeconds': 1.2 }, unset: [] })
    expect(differing(annotated, edited)).toEqual(['  microsleepSeconds: 1.2'])
    expect(checkConfigText(edited, 'a.yaml').config).toEqual({
      ...defaultConfig(),
      judgement: { ...defaultConfig().judgement, microsleepSeconds: 1.2 },
    })
  })

  it('changes lists too', () => {
    const edited = editConfig(annotated, { set: { 'fleet.commands.allow': ['ping'] }, unset: [] })
    expect(differing(annotated, edited)).toEqual(['    allow: [ping]'])
  })

  it('adds what was not there, below what was', () => {
    const text = '# ours\nvehicle: {id: bus-1} # the old one\nlog:\n  # level: info\n\n# the end\n'
    const edited = editConfig(text, { set: { 'log.level': 'debug', 'alarm.buzzer.line': 5 }, unset: [] })
    expect(checkConfigText(edited, 'a.yaml').config).toMatchObject({
      vehicle: { id: 'bus-1' },
      log: { level: 'debug' },
      alarm: { buzzer: { line: 5 } },
    })
    for (const comment of ['# ours', '# the old one', '# level: info', '# the end']) expect(edited).toContain(comment)
  })

  it('leaves the spacing of every other line, as somebody wrote it', () => {
    const text =
      'vehicle:   {id:   bus-1}     # the old one\n\n\nlog:    # loud\n    level:   debug   # for a week\n\n\nfleet:\n      url:  "mqtt://a:1883"\n\n# the end'
    const edited = editConfig(text, {
      set: { 'log.level': 'warn', 'fleet.fallbackUrls': ['mqtt://b:1883'], 'log.format': 'json' },
      unset: [],
    })
    expect(edited).toBe(
      'vehicle:   {id:   bus-1}     # the old one\n\n\nlog:    # loud\n    level:   warn   # for a week\n    format: json\n\n\nfleet:\n      url:  "mqtt://a:1883"\n      fallbackUrls:\n        - mqtt://b:1883\n\n# the end',
    )
  })

  it('opens a section whose keys are commented out, and several at once', () => {
    const text = 'log:   # quiet\n  # level: info\n\ncamera:\n  kind:    usb\n'
    const set = {
      'log.level': 'debug',
      'log.format': 'json',
      'alarm.buzzer.line': 5,
      'alarm.buzzer.chip': 'gpiochip0',
      'camera.usb.fps': 15,
    }
    expect(editConfig(text, { set, unset: [] })).toBe(
      'log:   # quiet\n  level: debug\n  format: json\n  # level: info\n\ncamera:\n  kind:    usb\n  usb:\n    fps: 15\nalarm:\n  buzzer:\n    line: 5\n    chip: gpiochip0\n',
    )
  })

  it('begins a file that sets nothing', () => {
    expect(editConfig('# nothing yet\n', { set: { 'log.level': 'debug' }, unset: [] })).toBe('# nothing yet\n\nlog:\n  level: debug\n')
  })

  it('writes the default of a key that is unset, and its comment stays; nothing where it does not stand', () => {
    const text = 'log:\n  # loud, for a week\n  level: trace\n'
    expect(editConfig(text, { set: {}, unset: ['log.level', 'log.format'] })).toBe('log:\n  # loud, for a week\n  level: info\n')
  })

  it('keeps the line ends of Windows', () => {
    expect(editConfig('log:\r\n  level: info # x\r\n', { set: { 'log.level': 'warn' }, unset: [] })).toBe('log:\r\n  level: warn # x\r\n')
  })

  it.each([
    ['a section', 'log: {level: info}', { set: { log: 'debug' }, unset: [] }, 'log is a section'],
    ['below a value', 'log: {level: info}', { set: { 'log.level.deep': 1 }, unset: [] }, 'log.level is no section'],
    ['a reference', 'alarm:\n  buzzer: &b {line: 5}\n  led: *b\n', { set: { 'alarm.led.line': 6 }, unset: [] }, 'reference'],
    ['a key that there is not', 'log: {level: info}', { set: {}, unset: ['log.colour'] }, 'no key log.colour'],
  ])('is refused for %s', (_, text, edit, message) => expect(() => editConfig(text, edit)).toThrow(message))

  it('of any keys gives those values, and leaves every comment and every other key', () => {
    const settings = configKeys().filter(({ section }) => !section)
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.integer())
    const edits = fc.uniqueArray(fc.tuple(fc.constantFrom(...settings.map(({ path }) => path)), value), {
      selector: ([path]) => path,
      maxLength: 5,
    })
    const comments = (text: string) => text.match(/^ *#.*$/gm)
    fc.assert(
      fc.property(edits, (pairs) => {
        const edited = editConfig(annotated, { set: Object.fromEntries(pairs), unset: [] })
        // Values that the schema refuses are refused later; here they must be what was asked for.
        const again = editConfig(edited, { set: {}, unset: pairs.map(([path]) => path) })
        expect(checkConfigText(again, 'a.yaml').config).toEqual(defaultConfig())
        expect(comments(edited)).toEqual(comments(annotated))
        const { config } = checkConfigText(edited, 'a.yaml')
        if (config !== null) for (const [path, wanted] of pairs) expect(valueAt(config, path.split('.'))).toEqual(wanted)
      }),
      { numRuns: 150 },
    )
  })
})
