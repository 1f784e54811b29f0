/** A command that comes again is answered again and not done again, also when the power went in between. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTransactionLog, openTransactionLog } from '../../../daemon/fleet/commands/transaction-log.js'
import { type Asked, createTransactions } from '../../../daemon/fleet/commands/transactions.js'
import type { Answer } from '../../../daemon/fleet/payloads/result.js'

const DAY_MS = 86_400_000
const NOW_MS = Date.parse('2026-11-24T21:06:00Z')
const TESTED: Asked = { transaction: 'desk-1', command: 'self-test', fingerprint: '{}' }

const place = () => path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-transactions-')), 'transactions.jsonl')

/** The vehicle with that file, from a start to the next. */
const start = (file: string | null, complaints: string[] = []) => {
  const transactions = createTransactions(openTransactionLog(file, (message) => void complaints.push(message)))
  const done: string[] = []
  /** As the desk asks. */
  const ask = async (
    asked: Asked,
    work: () => Promise<Answer> = async () => ({ ok: true, data: { nth: done.length } }),
    nowMs = NOW_MS,
  ) => {
    const found = transactions.find(asked, nowMs)
    if (found.kind === 'again') return { ...(await found.answer), again: true }
    if (found.kind === 'reused') return 'reused'
    return transactions.once(asked, nowMs, () => {
      done.push(asked.transaction)
      return work()
    })
  }
  return { ask, done, transactions }
}
const never = () => new Promise<Answer>(() => undefined)

describe('transactions', () => {
  it('are known by name, command and words, the newest 256 of them', () => {
    const { transactions } = start(null)
    const asked = (n: number): Asked => ({ ...TESTED, transaction: `t${n}` })
    for (let n = 0; n <= 256; n++) transactions.keep(asked(n), NOW_MS, { ok: true })
    expect(transactions.find(asked(0), NOW_MS)).toEqual({ kind: 'new' })
    expect(transactions.find(asked(1), NOW_MS).kind).toBe('again')
    expect(transactions.find({ ...asked(1), command: 'snapshot' }, NOW_MS).kind).toBe('reused')
    expect(transactions.find({ ...asked(1), fingerprint: 'other words' }, NOW_MS).kind).toBe('reused')
  })

  it('of a desk that asks every minute whether the vehicle is there push no deed out', () => {
    const { transactions } = start(null)
    transactions.keep(TESTED, NOW_MS, { ok: true })
    for (let n = 0; n < 1000; n++) transactions.keep({ transaction: `p${n}`, command: 'ping', fingerprint: '' }, NOW_MS, { ok: true })
    expect(transactions.find(TESTED, NOW_MS).kind).toBe('again')
  })

  it.each([
    ['a fortnight old', NOW_MS + 14 * DAY_MS, 'again'],
    ['older', NOW_MS + 14 * DAY_MS + 1, 'new'],
    ['of an age that nobody knows', null, 'again'],
  ])('%s', (_, nowMs, kind) => {
    const { transactions } = start(null)
    transactions.keep(TESTED, NOW_MS, { ok: true })
    expect(transactions.find(TESTED, nowMs).kind).toBe(kind)
  })
})

describe('over a power cut', () => {
  it('the same answer comes, nothing is done, and another command under that transaction is refused', async () => {
    const file = place()
    expect(await start(file).ask(TESTED)).toEqual({ ok: true, data: { nth: 1 } })
    const later = start(file)
    expect(await later.ask(TESTED)).toEqual({ ok: true, data: { nth: 1 }, again: true })
    expect(await later.ask({ ...TESTED, command: 'snapshot' })).toBe('reused')
    expect(later.done).toEqual([])
  })

  it('one that was under way is not done again, and the answer says that nobody knows', async () => {
    const file = place()
    void start(file).ask(TESTED, never)
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('desk-1')
    const later = start(file)
    expect(await later.ask(TESTED)).toMatchObject({ ok: false, error: { code: 'interrupted' }, again: true })
    expect(later.done).toEqual([])
  })

  it('at any byte of the file: it opens, and what was begun before is not done twice', async () => {
    const file = place()
    const first = start(file)
    await first.ask(TESTED)
    await first.ask({ ...TESTED, transaction: 'desk-2' })
    const whole = readFileSync(file, 'utf8')
    const begun = (size: number) => ['desk-1', 'desk-2'].filter((name) => whole.slice(0, size).match(new RegExp(`"${name}".*\\}`)) !== null)
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(file, whole.slice(0, size))
      const { ask, done, transactions } = start(file)
      for (const transaction of begun(size)) {
        expect(transactions.find({ ...TESTED, transaction }, NOW_MS).kind, `${transaction} after ${size} bytes`).toBe('again')
        await ask({ ...TESTED, transaction })
      }
      expect(done).toEqual([])
    }
  })

  it('nothing is written of what does no harm when it is done twice', async () => {
    const file = place()
    await start(file).ask({ ...TESTED, command: 'ping' })
    expect(existsSync(file)).toBe(false)
  })
})

describe('a disk that', () => {
  it('refuses keeps no command from being done, and is complained of once', async () => {
    const complaints: string[] = []
    const { ask } = start('/proc/nowhere/transactions.jsonl', complaints)
    for (const transaction of ['a', 'b', 'c']) expect(await ask({ ...TESTED, transaction })).toMatchObject({ ok: true })
    expect(complaints.slice(1)).toEqual([
      expect.stringMatching(/^The answers to commands cannot be kept in .* are not known after a restart: /),
    ])
  })

  it('hangs costs a second, and no command', async () => {
    const file = place()
    const log = createTransactionLog(file, (message) => expect.unreachable(message))
    log.open(() => [])
    // Who opens it for writing waits until somebody reads.
    execFileSync('mkfifo', [file])
    const transactions = createTransactions({ ...log, open: () => [] })
    const startMs = performance.now()
    expect(await transactions.once(TESTED, NOW_MS, async () => ({ ok: true }))).toEqual({ ok: true })
    expect(performance.now() - startMs).toBeGreaterThan(1_900)
    const reader = await open(file, 'r')
    await reader.close()
    rmSync(file)
  }, 10_000)
})
