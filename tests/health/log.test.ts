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
/** The sentences of a log whose clock is led. */
const paced = (say: (log: Logger, at: (ms: number) => void) => void): string[] => {
  const sentences: string[] = []
  let nowMs = 0
  const stream = { write: (line: string) => sentences.push(JSON.parse(line).msg) }
  say(
    createLogger({ level: 'info', format: 'json' }, stream, {}, () => nowMs),
    (ms) => {
      nowMs = ms
    },
  )
  return sentences
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

describe('a fault that comes with every frame', () => {
  it('is said 30 times in a minute, and then how often it was left out; others are heard meanwhile', () => {
    const said = paced((log, at) => {
      for (let frame = 0; frame < 900; frame++) {
        at(frame * 66)
        log.error(`frame ${frame} cannot be read`)
        if (frame === 500) log.info('The buzzer works.')
      }
      at(60_000)
      log.error('frame 900 cannot be read')
    })
    expect(said.slice(0, 2)).toEqual(['frame 0 cannot be read', 'frame 1 cannot be read'])
    expect(said.slice(29)).toEqual([
      'frame 29 cannot be read',
      'What is like the last entry is left out of this log for up to a minute.',
      'The buzzer works.',
      '870 more like the next entry were left out of this log.',
      'frame 900 cannot be read',
    ])
  })

  it('is one fault whatever it quotes of others, such as the names of commands that there are none of', () =>
    expect(
      paced((log) => {
        for (const name of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') log.warn(`Command "${name.repeat(9)}\\"" not done`)
      }),
    ).toHaveLength(31))

  it('that is fatal is always said', () =>
    expect(
      paced((log) => {
        for (let n = 0; n < 50; n++) log.fatal('the end')
      }),
    ).toHaveLength(50))
})
