import { describe, expect, it } from 'vitest'
import { checkConfigText, formatFindings } from '../../daemon/config/index.js'

const places = (text: string): string[] =>
  checkConfigText(text, 'a.yaml').findings.map(({ line, column, code }) => `${line}:${column} ${code}`)

describe('YAML that is no YAML is placed', () => {
  it.each<[string, string, string[]]>([
    ['a key set twice', 'log:\n  level: info\n  level: warn\n', ['3:3 duplicate-key']],
    ['a section set twice, the first empty', 'log:\n# nothing\n\nlog:\n  level: warn\n', ['4:1 duplicate-key']],
    ['a tab', 'log:\n\tlevel: info\n', ['2:1 tab-indent']],
    ['each of several tabs', 'log:\n\tlevel: info\n\tformat: json\n', ['2:1 tab-indent', '3:1 tab-indent']],
    [
      'a tab, and a fault behind it, and elsewhere',
      'log:\n\tlevel: loud\n  format: json\nfoo: 1\n',
      ['2:1 tab-indent', '2:9 not-a-choice', '4:1 unknown-key'],
    ],
    ['a tab that moved a key: the key is not said to be unknown', 'alarm:\n  buzzer:\n\tline: 3\n', ['3:1 tab-indent']],
    ['references that lead nowhere', 'log: *x\nvehicle:\n  id: *y\n', ['1:6 yaml-syntax', '3:7 yaml-syntax']],
    ['an open quote', 'vehicle:\n  id: "car\n  fleet: demo\n', ['2:7 yaml-syntax']],
    ['an open bracket', 'vehicle: {id: car\nlog:\n  level: info\n', ['2:1 yaml-syntax']],
    ['a missing colon at the end: half-written', 'camera:\n  widthPx: 640\n  hei', ['3:3 yaml-syntax']],
    ['a missing colon in the middle', 'camera:\n  widthPx 640\n  fps: 30\n', ['2:3 yaml-syntax']],
    ['a missing space behind the colon', 'camera:\n  widthPx:640\n  fps: 30\n', ['2:3 yaml-syntax']],
    ['a colon too many', 'vehicle:\n  id: a: b\n', ['2:7 yaml-syntax']],
    ['a line too far to the right', 'vehicle:\n  id: a\n    fleet: b\n', ['2:7 yaml-syntax']],
    ['a line too far to the left', 'camera:\n    fps: 30\n  widthPx: 640\n', ['3:1 yaml-syntax']],
    ['a forbidden first character', 'vehicle:\r\n  id: @car\r\n', ['2:7 yaml-syntax']],
    ['a second document', 'log:\n  level: info\n---\nlog:\n', ['3:1 yaml-syntax']],
    ['a name that is a list', '? [a]\n: 3\n', ['1:3 yaml-syntax']],
    ['a tag', 'vehicle:\n  id: !secret car\n', ['2:7 yaml-syntax']],
    ['a list', '- camera\n- log\n', ['1:1 not-a-mapping']],
    ['a word', 'hello\n', ['1:1 not-a-mapping']],
  ])('%s', (_, text, expected) => expect(places(text)).toEqual(expected))

  it('references that lead to too much', () => {
    const bomb = `a: &a [x]\n${'bcdefgh'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`)
      .join('\n')}\n`
    expect(places(bomb)).toEqual(['2:8 yaml-syntax'])
  })

  it.each([
    ['brackets', '['.repeat(60_000)],
    ['questions', '? '.repeat(30_000)],
    ['lists', '- '.repeat(30_000)],
    ['open groups', 'a: {b: '.repeat(8_000)],
    ['groups over many lines', '{a:\n'.repeat(15_000)],
    ['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ])('%s without end are turned away in no time', (_, text) => {
    const start = performance.now()
    expect(checkConfigText(text, 'a.yaml').findings.map(({ code }) => code)).toEqual(['too-deep'])
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('takes a reference, a byte order mark apart, Windows line ends, and flow style', () => {
    expect(places('log: &l {level: debug}\r\nvehicle: {id: car-1}\r\n')).toEqual([])
  })

  it('turns away a file of two thousand unknown keys within seconds of the processor', () => {
    const text = Array.from({ length: 2000 }, (_, i) => `nothing${i}: 1\n`).join('')
    const before = process.cpuUsage()
    expect(checkConfigText(text, 'a.yaml').findings).toHaveLength(2000)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(5)
  })

  it.each<[string, string, RegExp]>([
    ['a key written with dots', 'camera.kind: usb\n', /write “kind: …” on a line of its own below “camera:”/],
    ['a merge', 'alarm:\n  buzzer: &b {line: 3}\n  led:\n    <<: *b\n', /no merging of groups \(<<\) in alarm\.led; write the keys/],
    ['a no-break space', 'camera:\n\u00a0\u00a0kind: usb\n', /before or in kind is none: a no-break space/],
  ])('%s is told in words that lead on', (_, text, message) => {
    const { findings } = checkConfigText(text, 'a.yaml')
    expect(findings.filter(({ code }) => code === 'unknown-key').map((each) => each.message)).toEqual([expect.stringMatching(message)])
  })

  it('shows at most 50 of many faults, and counts the rest', () => {
    const text = Array.from({ length: 80 }, (_, i) => `nothing${i}: 1\n`).join('')
    expect(formatFindings(checkConfigText(text, 'a.yaml').findings)).toMatch(/… and 30 more\n80 errors, 0 warnings$/)
  })
})
