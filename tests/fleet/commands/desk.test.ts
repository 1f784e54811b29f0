import { describe, expect, it } from 'vitest'
import { createTransactions } from '../../../daemon/fleet/commands/index.js'
import { payloads } from '../../../daemon/fleet/payloads/index.js'
import { deskRig, EXPIRES, INCIDENT, NOW_MS } from './rig.js'

const asked = { transaction: 'desk-1', expires: EXPIRES }

describe('a command', () => {
  it('is done once and answered under its transaction', async () => {
    const { ask, done, answers } = deskRig()
    ask('verdict', { ...asked, incident: INCIDENT, verdict: false })
    const [result] = await answers()
    expect(done).toEqual([['verdict', { ...asked, incident: INCIDENT, verdict: false }]])
    expect(result).toMatchObject({ command: 'verdict', transaction: 'desk-1', ok: true, clockSynced: true, vehicle: 'bus-12' })
    expect(payloads.result.safeParse(result).success).toBe(true)
  })

  it('that comes again gets the same answer, and is not done again', async () => {
    let times = 0
    const { ask, done, answers } = deskRig({ answer: () => ({ ok: true, data: { times: ++times } }) })
    ask('ping', asked)
    ask('ping', { expires: '2026-11-24T21:11:00Z', transaction: 'desk-1' })
    const [first, second] = await answers()
    expect(done).toHaveLength(1)
    expect([first, second]).toEqual([
      expect.objectContaining({ data: { times: 1 } }),
      expect.objectContaining({ data: { times: 1 }, again: true }),
    ])
  })

  it('that comes again while it is being done is answered twice and done once', async () => {
    const { ask, done, code } = deskRig({ answer: () => new Promise((resolve) => setTimeout(resolve, 1, { ok: true })) })
    ask('ping', asked)
    ask('ping', asked)
    expect(await code()).toEqual(['ok', 'ok'])
    expect(done).toHaveLength(1)
  })

  it('under a transaction that was another is refused', async () => {
    const { ask, done, code } = deskRig()
    ask('ping', asked)
    await code()
    ask('self-test', asked)
    await code()
    ask('log-level', { ...asked, transaction: 'desk-2', level: 'debug' })
    await code()
    ask('log-level', { ...asked, transaction: 'desk-2', level: 'trace' })
    expect(await code()).toEqual(['ok', 'transaction-reused', 'ok', 'transaction-reused'])
    expect(done).toHaveLength(2)
  })

  it('that fails says so', async () => {
    const { ask, answers } = deskRig({
      answer: () => {
        throw new Error('the disk is on fire')
      },
    })
    ask('ping', asked)
    expect(await answers()).toEqual([
      expect.objectContaining({ ok: false, error: { code: 'failed', message: 'It could not be done: the disk is on fire' } }),
    ])
  })

  it.each<[string, (rig: ReturnType<typeof deskRig>) => void, string]>([
    ['the broker has kept', ({ ask }) => ask('ping', asked, true), 'retained'],
    ['the configuration does not allow', ({ ask }) => ask('self-test', asked), 'not-allowed'],
    ['there is not', ({ ask }) => ask('silence', asked), 'unknown-command'],
    ['is no JSON', ({ raw, topics }) => raw(topics.command('ping'), '{"transaction":'), 'not-json'],
    ['is no UTF-8', ({ raw, topics }) => raw(topics.command('ping'), Buffer.from([0x22, 0xff, 0x22])), 'not-json'],
    ['is too large', ({ raw, topics }) => raw(topics.command('ping'), ' '.repeat(32_769)), 'too-large'],
    ['has no expiry', ({ ask }) => ask('ping', { transaction: 'desk-1' }), 'bad-request'],
    ['says more than it may', ({ ask }) => ask('ping', { ...asked, silence: true }), 'bad-request'],
    ['is late by a millisecond', ({ ask, time }) => ask('ping', { ...asked, expires: new Date(time.wallMs - 1).toISOString() }), 'expired'],
    [
      'expires in more than a day',
      ({ ask }) => ask('ping', { ...asked, expires: new Date(NOW_MS + 86_400_001).toISOString() }),
      'expires-too-late',
    ],
    ['changes nothing', ({ ask }) => ask('config/set', { ...asked, set: {} }), 'bad-request'],
    ['changes a section as a whole', ({ ask }) => ask('config/set', { ...asked, set: { log: { level: 'debug' } } }), 'bad-request'],
  ])('that %s is refused, and not done', async (_, send, code) => {
    const rig = deskRig({ allow: ['ping'] })
    send(rig)
    expect(await rig.code()).toEqual([code])
    expect(rig.done).toEqual([])
  })

  it.each([
    ['at its last moment', NOW_MS],
    ['with a day ahead', NOW_MS + 86_400_000],
  ])('%s is done', async (_, expiresMs) => {
    const { ask, code } = deskRig()
    ask('ping', { ...asked, expires: new Date(expiresMs).toISOString() })
    expect(await code()).toEqual(['ok'])
  })

  it.each<[string, object]>([
    ['ping', {}],
    ['verdict', { incident: INCIDENT, verdict: true }],
    ['send-outbox', {}],
  ])('that changes nothing, as %s, is done whatever its expiry while the clock is not known to be right', async (name, more) => {
    const { ask, answers } = deskRig({ synced: false })
    ask(name, { ...asked, ...more, expires: '1999-01-01T00:00:00Z' })
    expect(await answers()).toEqual([expect.objectContaining({ ok: true, clockSynced: false })])
  })

  it.each<[string, object]>([
    ['restart-vision', {}],
    ['self-test', {}],
    ['snapshot', {}],
    ['log-level', { level: 'debug' }],
    ['config/set', { set: { 'log.level': 'debug' } }],
  ])('that changes something, as %s, is not done when it is late by a clock that is not known to be right', async (name, more) => {
    const { ask, answers, code, done } = deskRig({ synced: false })
    ask(name, { ...asked, ...more, expires: '1999-01-01T00:00:00Z' })
    expect(await answers()).toMatchObject([{ error: { code: 'clock-unsynchronised' }, clockSynced: false, transaction: 'desk-1' }])
    expect(done).toEqual([])
    // The clock of a board without a battery: weeks behind, and to be reached all the same.
    ask(name, { ...asked, ...more, expires: '2027-01-01T00:00:00Z' })
    expect(await code()).toEqual(['clock-unsynchronised', 'ok'])
  })

  it('names its transaction in a refusal where one can be read, and none where not', async () => {
    const { ask, raw, topics, answers } = deskRig()
    ask('ping', { ...asked, more: 1 })
    raw(topics.command('ping'), '{"transaction":{"$gt":""}}')
    expect((await answers()).map(({ transaction }) => transaction)).toEqual(['desk-1', null])
  })

  it('that is empty is met with silence', async () => {
    const { raw, topics, code } = deskRig()
    raw(topics.command('ping'), '')
    raw(topics.configSet, '')
    expect(await code()).toEqual([])
  })

  it('is not done by a desk that has closed while the disk took its time, and the next one says so', async () => {
    const transactions = createTransactions({ open: () => [], note: () => new Promise((resolve) => setTimeout(resolve, 1)) })
    const { ask, desk, done } = deskRig({ transactions })
    ask('self-test', asked)
    desk.close()
    const next = deskRig({ transactions })
    next.ask('self-test', asked)
    await expect.poll(next.answers).toMatchObject([{ ok: false, error: { code: 'busy' }, again: true }])
    expect(done).toEqual([])
  })

  it('is not answered by a desk that has closed: the daemon that comes after does', async () => {
    const { ask, desk, code } = deskRig()
    ask('ping', asked)
    desk.close()
    expect(await code()).toEqual([])
  })
})

describe('a flood of commands', () => {
  it('is answered 30 at once and then two a second, and said once', async () => {
    const { desk, topics, time, code, lines } = deskRig()
    const send = (count: number) => {
      for (let n = 0; n < count; n += 1) desk.take({ topic: topics.command('ping'), payload: Buffer.from('x'), retained: false })
    }
    send(1000)
    expect(await code()).toHaveLength(30)
    time.monotonicMs += 1000
    send(1000)
    expect(await code()).toHaveLength(32)
    expect(lines.filter(({ message }) => message.startsWith('More commands arrive'))).toHaveLength(1)
  })
})
