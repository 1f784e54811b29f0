/** `kantukd outputs-off`, as systemd calls it when the daemon is gone: it knows which lines were driven, whatever has become of the configuration. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { kantukd } from '../../commands/program.js'
import { childrenOf, keepersOf } from '../../gpio/keepers.js'
import { alarmed } from './alarmed.js'
import { BUZZER, isOn, LED, putLine, putTree, switchOn } from './tree.js'

const BROKEN = 'camera:\n  kind: usbb\n   fps: many\n'
// GPIO 5 and 6 of the same chip.
const OTHERS = [517, 518]

let state = ''
beforeEach(() => {
  putTree()
  for (const number of OTHERS) putLine(number)
  const folder = mkdtempSync(join(tmpdir(), 'kantukd-off-'))
  state = join(folder, 'state')
  mkdirSync(state)
  vi.stubEnv('STATE_DIRECTORY', state)
  vi.stubEnv('RUNTIME_DIRECTORY', join(folder, 'run'))
})
afterEach(() => void vi.unstubAllEnvs())

const onOff = (): boolean[] => [BUZZER, LED, ...OTHERS].map(isOn)
const configured = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'kantukd-off-')), 'kantukd.yaml')
  writeFileSync(file, text)
  return file
}
const outputsOff = (config: string) => kantukd(['outputs-off', '-c', config])

/** Daemon, vision and keepers of a daemon in the alarm die at one blow, its lines on. @returns its configuration */
const killedInAlarm = async (env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const { child, ended, config } = await alarmed(env)
  const keepers = keepersOf(child.pid ?? 0)
  for (const pid of keepers) process.kill(pid, 'SIGSTOP')
  for (const pid of [...childrenOf(child.pid ?? 0).filter((one) => !keepers.includes(one)), child.pid ?? 0]) process.kill(pid, 'SIGKILL')
  await ended
  for (const pid of keepers) process.kill(pid, 'SIGKILL')
  expect(onOff()).toEqual([true, true, false, false])
  return config
}

describe('outputs-off, when daemon and keepers were killed in the alarm,', () => {
  it('goes by what the daemon noted where the configuration was broken meanwhile, and says what is wrong with that', async () => {
    const config = await killedInAlarm()
    writeFileSync(config, BROKEN)
    const { code, stderr } = outputsOff(config)
    expect({ code, lines: onOff(), stderr }).toEqual({
      code: 0,
      lines: [false, false, false, false],
      stderr: expect.stringMatching(/kantukd\.yaml:\d+:\d+: error\[[\s\S]*instead: what the daemon noted that it drives\n$/),
    })
  })

  it('switches off what the daemon drove and what the configuration names since, its note in the state folder', async () => {
    vi.stubEnv('RUNTIME_DIRECTORY', '')
    const config = await killedInAlarm()
    for (const number of OTHERS) switchOn(number)
    writeFileSync(config, 'alarm: {buzzer: {line: 5}, led: {line: 6, activeLow: true}}\n')
    expect(outputsOff(config)).toMatchObject({ code: 0, stderr: '' })
    expect(onOff()).toEqual([false, false, false, false])
  })
})

describe('outputs-off without a daemon', () => {
  beforeEach(() => {
    for (const number of [BUZZER, LED]) switchOn(number)
  })

  it('goes by the last good configuration where the file is broken', () => {
    writeFileSync(join(state, 'last-good.yaml'), 'alarm: {led: {line: 5}}\n')
    switchOn(517)
    const { code, stderr } = outputsOff(configured(BROKEN))
    expect({ code, lines: onOff() }).toEqual({ code: 0, lines: [false, true, false, false] })
    expect(stderr).toMatch(/instead: the last good configuration, kept in .*last-good\.yaml\n$/)
  })

  it('ends with 2 where the file is broken and nothing else tells of a line', () => {
    const { code, stderr } = outputsOff(configured(BROKEN))
    expect({ code, lines: onOff() }).toEqual({ code: 2, lines: [true, true, false, false] })
    expect(stderr).not.toContain('instead')
  })

  it('does not ask for files that concern no line', () => {
    expect(outputsOff(configured('classifier: {model: /nonexistent.onnx}\n'))).toMatchObject({ code: 0, stderr: '' })
    expect(onOff()).toEqual([false, false, false, false])
  })

  it('says that a note is damaged, and goes by the configuration', () => {
    writeFileSync(join(state, 'outputs.json'), '{"bootId":')
    expect(outputsOff(configured(''))).toMatchObject({ code: 0, stderr: expect.stringMatching(/outputs\.json is no note of lines/) })
    expect(onOff()).toEqual([false, false, false, false])
  })

  it("heeds no note of another boot: the lines may be somebody else's by now", () => {
    const line = { part: 'buzzer', backend: 'sysfs', chip: 'pinctrl-bcm2711', line: 17, lineName: null, activeLow: false }
    const note = (bootId: string) => writeFileSync(join(state, 'outputs.json'), JSON.stringify({ bootId, lines: [line] }))
    note('of-yesterday')
    expect(outputsOff(configured('alarm: {output: none}\n')).code).toBe(0)
    expect(isOn(BUZZER)).toBe(true)
    note(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
    expect(outputsOff(configured('alarm: {output: none}\n')).code).toBe(0)
    expect(onOff()).toEqual([false, true, false, false])
  })

  it('ends with 1 where a line is on no chip of this board, the others off', () => {
    const { code, stderr } = outputsOff(configured('alarm: {buzzer: {chip: pinctrl-rp1}}\n'))
    expect({ code, lines: onOff(), stderr }).toMatchObject({
      code: 1,
      lines: [true, false, false, false],
      stderr: expect.stringContaining('no GPIO chip pinctrl-rp1'),
    })
  })
})
