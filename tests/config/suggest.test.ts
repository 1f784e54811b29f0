import { describe, expect, it } from 'vitest'
import { configKeys } from '../../daemon/config/keys.js'
import { nearest, suggestKey } from '../../daemon/config/suggest.js'

const keys = configKeys()

describe('for a name that is no key, the likeliest key', () => {
  it.each([
    ['buzer_pin', '', 'alarm.buzzer.line'],
    ['buzzerPin', 'alarm', 'alarm.buzzer.line'],
    ['pin', 'alarm.led', 'alarm.led.line'],
    ['microslepSeconds', 'judgement', 'judgement.microsleepSeconds'],
    ['microsleep', 'judgement', 'judgement.microsleepSeconds'],
    ['microsleepSeconds', '', 'judgement.microsleepSeconds'],
    ['fps', '', 'camera.fps'],
    ['FPS', 'camera', 'camera.fps'],
    ['width', 'camera', 'camera.widthPx'],
    ['width_px', 'camera', 'camera.widthPx'],
    ['cam', '', 'camera'],
    ['camra', '', 'camera'],
    ['broker', 'fleet', 'fleet.url'],
    ['password', 'fleet', 'fleet.passwordFile'],
    ['user', 'fleet', 'fleet.username'],
    ['lvl', 'log', 'log.level'],
    ['zebra', '', null],
  ])('%s in "%s" → %s', (name, section, expected) => expect(suggestKey(name, section, keys)).toBe(expected))

  it('suggests every key for itself with two letters swapped', () => {
    for (const { path } of keys) {
      const own = path.split('.').at(-1) ?? ''
      if (own.length < 5) continue
      const typo = own.slice(0, 2) + own[3] + own[2] + own.slice(4)
      expect(suggestKey(typo, path.split('.').slice(0, -1).join('.'), keys)).toBe(path)
    }
  })

  it('suggests the nearest of some words, or none', () => {
    expect(nearest('INFO', ['error', 'info'])).toBe('info')
    expect(nearest('loud', ['error', 'info'])).toBeNull()
  })
})
