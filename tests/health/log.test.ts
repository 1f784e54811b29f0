import { fstatSync, openSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createLogger, type Logger } from '../../daemon/log.js'

type Setting = Parameters<typeof createLogger>[0]

const logged = (
  setting: Partial<Setting>,
  say: (log: Logger) => void,
  stream: { isTTY?: boolean; fd?: number } = {},
  env: NodeJS.ProcessEnv = {},
): string => {
  let text = ''
  say(createLogger({ level: 'info', format: 'auto', ...setting }, { ...stream, write: (part: string) => (text += part) }, env))
  return text
}
const hello = (log: Logger): void => log.info('hello')

describe('the log', () => {
  it('is pretty on a terminal, one object a line elsewhere', () => {
    expect(logged({}, hello, { isTTY: true })).toMatch(/^\[\d\d:\d\d:\d\d\] .*INFO.*: .*hello/)
    expect(JSON.parse(logged({}, hello))).toEqual({ level: 30, time: expect.stringMatching(/^\d{4}-.*Z$/), msg: 'hello' })
  })

  it("is for journald where systemd connected the stream to the journal, and not where it is someone else's", () => {
    const fd = openSync('/dev/null', 'w')
    const { dev, ino } = fstatSync(fd)
    expect(logged({}, hello, { fd }, { JOURNAL_STREAM: `${dev}:${ino}` })).toBe('<6>hello\n')
    expect(logged({}, hello, { fd }, { JOURNAL_STREAM: `${dev}:${ino + 1}` })).toMatch(/^\{/)
    expect(logged({}, hello, {}, { JOURNAL_STREAM: `${dev}:${ino}` })).toMatch(/^\{/)
  })

  it('gives every level the priority of syslog, and every line of an entry', () => {
    const text = logged({ format: 'journal', level: 'trace' }, (log) => {
      log.fatal('f')
      log.error('e')
      log.warn('w1\nw2')
      log.info('i')
      log.debug('d')
      log.trace('t')
    })
    expect(text).toBe('<2>f\n<3>e\n<4>w1\n<4>w2\n<6>i\n<7>d\n<7>t\n')
  })

  it('gives an error as a sentence in the journal, without its stack', () => {
    const text = logged({ format: 'journal' }, (log) => {
      log.error(new Error('the wire is off'))
      log.error({ err: new Error('the wire is off') }, 'the buzzer is mute')
      log.error({ err: new Error('the wire is off') }, 'mute: the wire is off')
    })
    expect(text).toBe('<3>the wire is off\n<3>the buzzer is mute: the wire is off\n<3>mute: the wire is off\n')
  })

  it('leaves out what is less severe than the level', () => {
    expect(logged({ level: 'warn', format: 'journal' }, (log) => [log.info('i'), log.warn('w')])).toBe('<4>w\n')
  })

  it.each(['json', 'pretty', 'journal'] as const)('never holds a secret: %s', (format) => {
    const text = logged({ format }, (log) =>
      log.info({ password: 'hunter2', fleet: { token: 'hunter3', tls: { privateKey: 'hunter4' } } }, 'connecting'),
    )
    expect(text).toContain('connecting')
    expect(text).not.toContain('hunter')
  })
})
