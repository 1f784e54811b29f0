import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Aim } from '../../daemon/aim/index.js'
import type { Shown, Sounded } from '../../daemon/aim/messages.js'
import { openStage } from './stage.js'

let open: Aim | null = null
afterEach(async () => {
  await open?.close()
  open = null
})

async function staged(options: Parameters<typeof openStage>[0] = {}) {
  const stage = await openStage(options)
  open = stage.aim
  return stage
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 20 })

/** Whether anything listens on a port. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** What a stream has told so far. */
const messages = (text: string): Shown[] =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {"viewers"'))
    .map((event) => JSON.parse(event.slice('data: '.length)))

describe('who gets in', () => {
  it('nobody without a code: there is an entrance, and nothing behind it', async () => {
    const { aim, ask } = await staged()
    await aim.open()
    const entrance = await ask('GET', '/')
    expect([entrance.status, entrance.body.includes('name="code"'), entrance.body.includes('canvas')]).toEqual([200, true, false])
    const behind = [
      ['GET', '/live'],
      ['GET', '/page/main.js'],
      ['POST', '/sound'],
      ['POST', '/end'],
      ['POST', '/here'],
    ] as const
    for (const [method, path] of behind) expect((await ask(method, path)).status, path).toBe(401)
    expect((await ask('GET', '/live', { cookie: `kantukd=${'0'.repeat(64)}` })).status).toBe(401)
  })

  it('one browser with the code, by a cookie that no script and no other page can use', async () => {
    const { aim, ask, enter } = await staged()
    const { code } = await aim.open()
    const { status, headers } = await enter(code)
    expect(status).toBe(303)
    const [cookie = ''] = headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^kantukd=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=900$/)
    expect((await ask('GET', '/', { cookie: cookie.split(';')[0] ?? '' })).body).toContain('canvas')
  })

  it('not a second one with the same code, but one more with the next', async () => {
    const { aim, enter } = await staged()
    const { code } = await aim.open()
    await enter(code)
    const second = await enter(code)
    expect([second.status, second.body.includes('was used already')]).toEqual([403, true])
    expect((await enter((await aim.open()).code)).status).toBe(303)
  })

  it('not with a wrong code, and after five of them not with the right one; a new code is needed', async () => {
    const { aim, enter, stage } = await staged()
    const { code } = await aim.open()
    const statuses = []
    for (const typed of ['1', '2', '3', '4', '5', code]) statuses.push((await enter(typed)).status)
    expect(statuses).toEqual([403, 403, 403, 403, 429, 429])
    expect(stage.log.join('\n')).toContain('Too many wrong codes')
    expect((await enter((await aim.open()).code)).status).toBe(303)
  })

  it('not with a code that is older than five minutes', async () => {
    const { aim, enter, stage } = await staged()
    const { code } = await aim.open()
    stage.nowMs += 5 * 60_000
    const late = await enter(code)
    expect([late.status, late.body.includes('too old')]).toEqual([410, true])
  })

  it('lets the page load nothing from elsewhere, and stand in no other page', async () => {
    const { aim, ask } = await staged()
    await aim.open()
    const { headers } = await ask('GET', '/')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['cache-control']).toBe('no-store')
  })
})

describe('who looks', () => {
  it('sees the picture with the observation of its frame, what came since the last, and advice', async () => {
    const { comeIn, watch, look } = await staged()
    const stream = await watch(await comeIn())
    for (let frame = 0; frame < 3; frame += 1) look(frame === 2)
    await eventually(() => expect(messages(stream.text())).toHaveLength(1))
    const [shown] = messages(stream.text())
    expect(shown).toMatchObject({ eyes: 'open', level: 0, viewers: 1, driverSide: 'auto', closedAbove: 0.5 })
    expect([shown?.observation.frame, shown?.picture?.frame, shown?.traces.length]).toEqual([2, 2, 3])
    expect(shown?.advice.map(({ is }) => is)).toContain('side-unset')
  })

  it('is told of the eyes also while no picture comes', async () => {
    const { comeIn, watch, look } = await staged()
    const stream = await watch(await comeIn())
    for (let frame = 0; frame < 12; frame += 1) look(false)
    await eventually(() => expect(messages(stream.text()).length).toBeGreaterThan(0))
    expect(messages(stream.text())[0]).toMatchObject({ picture: null, eyes: 'open' })
  })

  it('has pictures made while somebody looks, and none before and after', async () => {
    const { comeIn, watch, stage } = await staged()
    const cookie = await comeIn()
    expect(stage.everyMs).toBeNull()
    const stream = await watch(cookie)
    expect(stage.everyMs).toBe(200)
    stream.leave()
    await eventually(() => expect(stage.everyMs).toBeNull())
    expect(stage.log.at(-1)).toBe('The aim page has 0 viewers.')
  })

  it('has room for ten; the eleventh is told so, and gets in when one leaves', async () => {
    const { comeIn, watch } = await staged()
    const cookie = await comeIn()
    const ten = []
    for (let viewer = 0; viewer < 10; viewer += 1) ten.push(await watch(cookie))
    expect(ten.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const eleventh = await watch(cookie)
    expect([eleventh.status, eleventh.text()]).toEqual([503, 'too many look at this page already\n'])
    ten[0]?.leave()
    await eventually(async () => expect((await watch(cookie)).status).toBe(200))
  })

  it('and gives no sign any more, as a phone out of reach, is let go after ten seconds; who does, stays', async () => {
    const { ask, comeIn, watch, stage } = await staged()
    const cookie = await comeIn()
    const gone = await watch(cookie)
    const there = await watch(cookie)
    await eventually(() => expect(there.text()).toContain('"viewer":2'))
    stage.nowMs += 9000
    await ask('POST', '/here', { cookie, body: '{"viewer":2}' })
    stage.nowMs += 1500
    await gone.ended
    await eventually(() => expect(stage.log.at(-1)).toBe('The aim page has 1 viewer.'))
  })
})

describe('the buttons', () => {
  it.each(['buzzer', 'led', 'both'] as const)('sound the %s', async (part) => {
    const { ask, comeIn, stage } = await staged()
    const cookie = await comeIn()
    const { status, body } = await ask('POST', '/sound', { cookie, body: JSON.stringify({ part }) })
    expect([status, JSON.parse(body)]).toEqual([200, { is: 'sounded' }])
    expect(stage.sounded).toEqual([part])
  })

  it.each<[number, Sounded]>([
    [409, { is: 'busy' }],
    [409, { is: 'no-output' }],
    [502, { is: 'refused', why: 'alarm.buzzer: the line is gone' }],
  ])('say the truth where nothing sounds: %i, %j', async (expected, came) => {
    const { ask, comeIn, stage } = await staged()
    const cookie = await comeIn()
    stage.sound = came
    const { status, body } = await ask('POST', '/sound', { cookie, body: '{"part":"both"}' })
    expect([status, JSON.parse(body)]).toEqual([expected, came])
  })

  it.each(['', 'no JSON', '{}', '{"part":"everything"}', `{"part":"${'x'.repeat(5000)}"}`])('do nothing for %.20j', async (body) => {
    const { ask, comeIn, stage } = await staged()
    const cookie = await comeIn()
    expect((await ask('POST', '/sound', { cookie, body })).status).toBe(400)
    expect(stage.sounded).toEqual([])
  })
})

describe('its end', () => {
  it('comes by itself: then nothing listens, and whoever looked is told', async () => {
    const { comeIn, watch, port } = await staged({ minutes: 0.02 })
    const stream = await watch(await comeIn())
    expect(await listens(port)).toBe(true)
    await stream.ended
    expect(stream.text()).toContain('event: over')
    await eventually(async () => expect(await listens(port)).toBe(false))
  })

  it('comes when a viewer has finished; then it can be opened again', async () => {
    const { aim, ask, comeIn, port } = await staged()
    const cookie = await comeIn()
    expect((await ask('POST', '/end', { cookie })).status).toBe(204)
    await aim.closed
    expect(await listens(port)).toBe(false)
    await aim.open()
    expect(await listens(port)).toBe(true)
    expect((await ask('GET', '/live', { cookie })).status).toBe(401)
  })

  it('comes with strain: whoever looks is told why, nothing listens, and it cannot be opened until that is over', async () => {
    const { aim, stage, comeIn, watch, port } = await staged()
    const stream = await watch(await comeIn())
    aim.shed(true)
    await stream.ended
    expect(stream.text()).toContain('event: over\ndata: {"why":"strain"}')
    await eventually(async () => expect(await listens(port)).toBe(false))
    expect(stage.log.at(-1)).toBe('The aim page is closed: the machine is under strain, and the watch goes first.')
    await expect(aim.open()).rejects.toMatchObject({ code: 'aim-shed', message: expect.stringMatching(/hot, short of power or of memory/) })
    aim.shed(false)
    await aim.open()
    expect(await listens(port)).toBe(true)
  })

  it('a port that is taken is said, with what to do', async () => {
    const { aim, port } = await staged()
    await aim.open()
    const second = await openStage({ port })
    await expect(second.aim.open()).rejects.toMatchObject({ code: 'aim-port', message: expect.stringContaining('set aim.port to another') })
  })

  it('an address that this machine has not is said, with what to do', async () => {
    // Source: RFC 5737, of nobody.
    const { aim } = await openStage({ address: '192.0.2.1' })
    await expect(aim.open()).rejects.toMatchObject({
      code: 'aim-port',
      message: expect.stringContaining('set aim.address to one that it has'),
    })
  })
})
