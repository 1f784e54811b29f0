/** Which part of the daemon a change of the configuration concerns, and that a change is all or nothing. */
import { describe, expect, it } from 'vitest'
import { type Config, changesBetween, defaultConfig } from '../../daemon/config/index.js'
import { configKeys } from '../../daemon/config/keys.js'
import { ChangeError } from '../../daemon/remote/run.js'
import { type Part, planChange, READ_EACH_TIME, WHOLE } from '../../daemon/wiring/change.js'
import { type ChangeableParts, changeableParts } from '../../daemon/wiring/parts.js'

const untouched = (): never => {
  throw new Error('a plan touches nothing')
}
// Only what each is concerned with is looked at here; the real ones are changed in tests/commands/reload.test.ts.
const nobody = new Proxy({}, { get: () => untouched }) as ChangeableParts
const parts = changeableParts(nobody)

const isBelow = (path: string, keys: readonly string[]): boolean => keys.some((key) => path === key || path.startsWith(`${key}.`))

const edited = (edit: (config: Config) => void): Config => {
  const config = structuredClone(defaultConfig())
  edit(config)
  return config
}

describe('a change of the configuration', () => {
  it.each(configKeys().flatMap(({ path, section }) => (section ? [] : [path])))('of %s reaches whoever goes by it', (path) => {
    const reached = [
      isBelow(path, WHOLE),
      isBelow(path, READ_EACH_TIME),
      parts.some((part) => isBelow(path, part.keys(defaultConfig()))),
    ].filter(Boolean)
    expect(reached).toHaveLength(1)
  })

  it.each<[string, (config: Config) => void, string[], boolean]>([
    ['the broker', (config) => (config.fleet.url = 'mqtt://other'), ['the line to the broker'], false],
    ['a threshold', (config) => (config.judgement.microsleepSeconds = 0.8), [], true],
    ['the camera', (config) => (config.camera.fps = 15), ['the eyes'], true],
    ['the light', (config) => (config.alarm.led.line = 22), ['the lines of the alarm'], true],
    ['the way to the lines', (config) => (config.gpio.backend = 'gpiod'), ['the lines of the alarm', 'what the vehicle tells'], true],
    ['the log', (config) => (config.log.level = 'debug'), [], false],
    ['the port of health', (config) => (config.health.port = 8421), ['the health page'], false],
    ['the heartbeat', (config) => (config.fleet.heartbeat = '* * * * *'), ['the jobs by the clock'], false],
    ['the ignition', (config) => (config.ignition.powerHoldSeconds = 60), ['what the vehicle tells'], false],
    ['what the fleet may do', (config) => (config.fleet.commands.allow = []), [], false],
    ['the name of the vehicle', (config) => (config.vehicle.id = 'bus-12'), ['the service within its program'], true],
  ])('of %s begins anew no more than it must', (_, edit, anew, isWatch) => {
    const plan = planChange(parts, defaultConfig(), edited(edit))
    expect([plan.anew, plan.isWatch, plan.isWhole]).toEqual([anew, isWatch, anew[0] === 'the service within its program'])
  })

  it('of the broker concerns the inputs that listen to it', () => {
    const told = (url: string) =>
      edited((config) => {
        config.speed.kind = 'mqtt'
        config.fleet.url = url
      })
    expect(planChange(parts, told('mqtt://one'), told('mqtt://other')).anew).toEqual(['what the vehicle tells', 'the line to the broker'])
  })

  const story: string[] = []
  const part = (name: string, refuses: (config: Config) => boolean = () => false): Part => ({
    ...{ anew: name, isWatch: false, keys: () => ['log'] },
    take(config) {
      if (refuses(config)) throw new Error(`${name} refuses`)
      story.push(`${name} ${config.log.level}`)
    },
  })
  const from = defaultConfig()
  const to = edited((config) => (config.log.level = 'debug'))

  it('that one part refuses is taken back by those before it, the newest first', async () => {
    story.length = 0
    const plan = planChange([part('one'), part('two'), part('three', ({ log }) => log.level === 'debug'), part('four')], from, to)
    await expect(plan.carryOut()).rejects.toThrow(new ChangeError('three refuses'))
    expect(story).toEqual(['one debug', 'two debug', 'two info', 'one info'])
  })

  it('that cannot be taken back is no refusal: the daemon must end', async () => {
    const plan = planChange([part('one', ({ log }) => log.level === 'info'), part('two', () => true)], from, to)
    const fault = await plan.carryOut().catch((thrown: unknown) => thrown)
    expect(fault).not.toBeInstanceOf(ChangeError)
    expect(String(fault)).toContain('one refuses')
  })

  it('of nothing concerns nobody', () => expect(changesBetween(from, defaultConfig())).toEqual([]))
})
