import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createMemoryOutbox } from '../../daemon/fleet/outbox.js'
import { createSender } from '../../daemon/fleet/sender.js'
import { keepLog } from './harness.js'
import { eventNumber } from './outbox-contract.js'

/** A sender whose broker answers as told: `answer` is called with each event's number. */
const setUp = (answer: (seq: number) => Promise<void> = async () => {}) => {
  const outbox = createMemoryOutbox()
  const sent: number[] = []
  const { log, lines } = keepLog()
  const sender = createSender({
    outbox,
    log,
    retryMs: 10,
    send: async ({ seq }) => {
      sent.push(seq)
      await answer(seq)
    },
  })
  const put = (...numbers: number[]) => {
    for (const n of numbers) outbox.put(eventNumber(n))
    sender.wake()
  }
  return { outbox, sender, sent, put, warnings: () => lines.filter(({ level }) => level === 'warn') }
}

describe('the sender', () => {
  it('sends nothing while there is no connection, and all of it in order once there is', async () => {
    const { outbox, sender, sent, put } = setUp()
    put(1, 2, 3)
    await sleep(5)
    expect(sent).toEqual([])
    sender.online(true)
    await sender.settle(100)
    expect([sent, outbox.depth]).toEqual([[1, 2, 3], 0])
  })

  it('sends what comes after the outbox ran empty', async () => {
    const { sender, sent, put } = setUp()
    sender.online(true)
    for (const n of [1, 2, 3]) {
      put(n)
      await sender.settle(100)
    }
    expect(sent).toEqual([1, 2, 3])
  })

  it('waits for each acknowledgement before the next, and keeps what has none', async () => {
    const { outbox, sender, sent, put } = setUp(() => new Promise(() => {}))
    sender.online(true)
    put(1, 2)
    put(3)
    await sender.settle(20)
    expect([sent, outbox.depth]).toEqual([[1], 3])
  })

  it('sends again what was refused, in order, and complains once', async () => {
    let refusals = 3
    const { outbox, sender, sent, put, warnings } = setUp(async () => {
      refusals -= 1
      if (refusals >= 0) throw new Error('Quota exceeded.')
    })
    sender.online(true)
    put(1, 2)
    await sleep(100)
    expect([sent, outbox.depth]).toEqual([[1, 1, 1, 1, 2], 0])
    expect(warnings()).toEqual([{ level: 'warn', message: 'Quota exceeded. The event is kept and sent again.' }])
  })

  it('does not try, or complain, once the connection is gone', async () => {
    const rig = setUp(async () => {
      rig.sender.online(false)
      throw new Error('closed')
    })
    rig.sender.online(true)
    rig.put(1)
    await sleep(40)
    expect([rig.sent, rig.outbox.depth, rig.warnings()]).toEqual([[1], 1, []])
  })

  it('stops when closed', async () => {
    const { sender, sent, put } = setUp()
    sender.online(true)
    sender.close()
    put(1)
    await sleep(5)
    expect(sent).toEqual([])
  })
})
