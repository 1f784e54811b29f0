import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FleetError } from '../../daemon/fleet/errors.js'
import { createMemoryOutbox } from '../../daemon/fleet/outbox/memory.js'
import { isNews } from '../../daemon/fleet/outbox/order.js'
import { createSender } from '../../daemon/fleet/sender.js'
import { keepLog } from './harness.js'
import { entryNumber, NO_NEWS } from './outbox/entries.js'

/** A sender whose broker answers as told: `answer` is called with each message's number. */
const setUp = (answer: (seq: number) => Promise<void> = async () => {}, live = NO_NEWS, retryMs = 10) => {
  const outbox = createMemoryOutbox()
  const sent: number[] = []
  const { log, lines } = keepLog()
  const sender = createSender({
    outbox,
    log,
    retryMs,
    chance: () => 0,
    live: () => live,
    send: async ({ seq }) => {
      sent.push(seq)
      await answer(seq)
    },
  })
  const put = (...numbers: number[]) => {
    for (const n of numbers) {
      const entry = entryNumber(n)
      outbox.put(entry)
      sender.wake(isNews(entry, live))
    }
  }
  return { outbox, sender, sent, put, warnings: () => lines.filter(({ level }) => level === 'warn') }
}

const never = () => new Promise<void>(() => {})
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('the sender', () => {
  it('sends nothing while there is no connection, and all of it in order once there is', async () => {
    const { outbox, sender, sent, put } = setUp()
    put(...numbers(1, 50))
    await sleep(5)
    expect(sent).toEqual([])
    sender.online(true)
    await sender.settle(500)
    expect([sent, outbox.depth]).toEqual([numbers(1, 50), 0])
  })

  it('sends what is news before a backlog', async () => {
    const { sender, sent, put } = setUp(undefined, { bootId: 'boot', sinceMs: 40_000 })
    put(...numbers(1, 40))
    sender.online(true)
    await sender.settle(500)
    expect(sent).toEqual([40, ...numbers(1, 39)])
  })

  it('sends an alarm of now at once, though a backlog has all the places it may have, and waits for answers', async () => {
    const { sender, sent, put } = setUp(never, { bootId: 'boot', sinceMs: 200_000 })
    put(...numbers(1, 100))
    sender.online(true)
    await sleep(10)
    put(200)
    await sleep(10)
    expect(sent).toEqual([...numbers(1, 16), 200])
  })

  it('has no more than 20 under way in all, alarms of now among them, and each of these goes as soon as there is a place', async () => {
    const answers: (() => void)[] = []
    const { sender, sent, put } = setUp(() => new Promise((resolve) => answers.push(resolve)), { bootId: 'boot', sinceMs: 200_000 })
    put(...numbers(1, 100))
    sender.online(true)
    await sleep(10)
    for (const n of numbers(200, 205)) put(n)
    await sleep(10)
    expect(sent).toEqual([...numbers(1, 16), ...numbers(200, 203)])
    answers[0]?.()
    answers[1]?.()
    await sleep(10)
    expect(sent.slice(20)).toEqual([204, 205])
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

  it('has no more than 16 under way, and keeps what has no acknowledgement', async () => {
    const { outbox, sender, sent, put } = setUp(never)
    sender.online(true)
    put(...numbers(1, 20))
    await sender.settle(20)
    expect([sent, outbox.depth]).toEqual([numbers(1, 16), 20])
  })

  it('sends again what was refused, lets the others pass, and complains once', async () => {
    let refusals = 3
    const { outbox, sender, sent, put, warnings } = setUp(async (seq) => {
      if (seq === 1 && refusals-- > 0) throw new Error('Quota exceeded.')
    })
    sender.online(true)
    put(1, 2)
    await sender.settle(500)
    expect([sent, outbox.depth]).toEqual([[1, 2, 1, 1, 1], 0])
    expect(warnings()).toEqual([{ level: 'warn', message: 'Quota exceeded. It is kept and sent again.' }])
  })

  it('lets an alarm of now, and a backlog, pass one that is refused for ever, which rests longer each time', async () => {
    const { outbox, sender, sent, put } = setUp(async (seq) => {
      if (seq === 1) throw new FleetError('publish-refused', 'Quota exceeded.')
    })
    sender.online(true)
    put(...numbers(1, 40))
    await sleep(200)
    expect(sent.filter((seq) => seq !== 1)).toEqual(numbers(2, 40))
    // After 10, 20, 40 and 80 ms.
    const tries = sent.filter((seq) => seq === 1).length
    expect([tries >= 3, tries <= 5, outbox.depth]).toEqual([true, true, 1])
    put(41)
    await sleep(5)
    expect(sent).toContain(41)
    sender.close()
  })

  it('brings no more out of the outbox where the broker refuses everything, but each alarm of now', async () => {
    const { outbox, sender, sent, put } = setUp(
      async () => {
        throw new FleetError('forbidden', 'No.')
      },
      { bootId: 'boot', sinceMs: 5_000_000 },
      60_000,
    )
    sender.online(true)
    put(...numbers(1, 1_100))
    await sleep(500)
    const tried = sent.length
    expect(tried).toBeGreaterThanOrEqual(1_000)
    expect(tried).toBeLessThan(1_020)
    put(5_000)
    await sleep(5)
    expect([sent.at(-1), sent.length, outbox.depth]).toEqual([5_000, tried + 1, 1_101])
    sender.close()
  })

  it('sends at once, when asked to, what the broker refused; not without a line', async () => {
    let refusals = 1
    const { sender, sent, put } = setUp(async () => {
      if (refusals-- > 0) throw new Error('Quota exceeded.')
    })
    sender.retry()
    sender.online(true)
    sender.online(true)
    put(1)
    await sleep(2)
    sender.retry()
    sender.retry()
    await sender.settle(500)
    expect(sent).toEqual([1, 1])
  })

  it('takes a refusal that is no error, and one that comes after the end, without a word too many', async () => {
    const { sender, put, warnings } = setUp(() => Promise.reject('a word'))
    sender.online(true)
    put(1)
    await sleep(2)
    sender.close()
    await sleep(20)
    expect(warnings()).toEqual([{ level: 'warn', message: 'a word It is kept and sent again.' }])
  })

  it('sends again, once the line is back, what was under way when it went, and nothing twice before', async () => {
    const cuts: (() => void)[] = []
    let isCut = true
    const { outbox, sender, sent, put } = setUp(() =>
      isCut ? new Promise((_, reject) => cuts.push(() => reject(new Error('closed')))) : Promise.resolve(),
    )
    sender.online(true)
    put(1, 2)
    await sleep(5)
    sender.online(false)
    sender.online(true)
    await sleep(20)
    expect(sent).toEqual([1, 2])
    isCut = false
    for (const cut of cuts) cut()
    await sender.settle(200)
    expect([sent, outbox.depth]).toEqual([[1, 2, 1, 2], 0])
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

  it('holds summaries back while it is asked to, alerts not; and sends them when it is over', async () => {
    const { outbox, sender, sent, put } = setUp()
    const putSummary = (n: number) => {
      outbox.put({ ...entryNumber(n, { level: 0 }), kind: 'trip' })
      sender.wake(false)
    }
    sender.online(true)
    sender.hold(true)
    putSummary(1)
    put(2)
    await sender.settle(500)
    expect([sent, outbox.depth]).toEqual([[2], 1])
    // Another connection changes nothing.
    sender.online(false)
    sender.online(true)
    put(3)
    await sender.settle(500)
    expect([sent, outbox.depth]).toEqual([[2, 3], 1])
    sender.hold(false)
    await sender.settle(500)
    expect([sent, outbox.depth]).toEqual([[2, 3, 1], 0])
  })
})
