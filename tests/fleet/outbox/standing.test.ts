/** An incident that a kill or a pulled plug cut short is told as over by the next start. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endCut } from '../../../daemon/fleet/cut.js'
import { createEvents } from '../../../daemon/fleet/events.js'
import { liveIds } from '../../../daemon/fleet/ids.js'
import { openDiskOutbox } from '../../../daemon/fleet/outbox/disk.js'
import type { Entry, Outbox } from '../../../daemon/fleet/outbox/types.js'
import { type Event, event } from '../../../daemon/fleet/payloads/event.js'
import type { Decision } from '../../../daemon/judgement/decision.js'
import { decision, ROOT } from '../examples.js'
import { NO_NEWS } from './entries.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-standing-'))
  file = path.join(folder, 'outbox.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

const WALL_MS = Date.parse('2026-11-24T21:04:45.678Z')
const lines: string[] = []
const log = { debug: () => undefined, info: (line: string) => void lines.push(line), warn: () => undefined, error: () => undefined }

const open = () =>
  openDiskOutbox({
    file,
    budget: { bytes: 1e6, ageMs: 1e12 },
    onNews: () => undefined,
    onThreadDeath: (error) => {
      throw error
    },
    nowWallMs: () => null,
    threadFile: path.join(ROOT, 'dist/fleet/outbox/thread.js'),
  })

const entryOf = (made: Event): Entry => ({
  ...{ id: made.id, kind: 'alert', seq: made.seq, level: made.level, bootId: made.clock.bootId, monotonicMs: made.clock.monotonicMs },
  wallMs: null,
  payload: JSON.stringify(made),
})

/** A run of the daemon: it ends what an earlier one left, tells these decisions, and is gone. @returns all that it sent */
const run = async (...decisions: Decision[]): Promise<Event[]> => {
  const outbox: Outbox = await open()
  await endCut({ outbox, ids: liveIds(), log })
  const facts = { ids: liveIds(), vehicle: 'bus-12', bootId: 'boot', recording: false, simulated: false }
  const events = createEvents({ ...facts, after: () => outbox.lastSeq })
  for (const each of decisions) {
    const { event: made } = events.next(each, WALL_MS + each.atMs - 12_400, true)
    outbox.put(entryOf(made))
  }
  const sent = await outbox.take(100, NO_NEWS)
  for (const { id } of sent) outbox.acknowledge(id)
  await outbox.close()
  return sent.map(({ payload }) => event.parse(JSON.parse(payload)))
}

const raised = decision()
const escalated = decision({ phase: 'escalated', rule: 'sleep', level: 3, atMs: 14_400 })
const ended = decision({ phase: 'ended', rule: 'sleep', level: 3, atMs: 20_000 })

describe('an incident that is cut short', () => {
  it('is told as over by the next start, once, though all of it had been delivered: with its last event, its length till then and why', async () => {
    const [first, last] = await run(raised, escalated)
    const [over, ...more] = await run()
    expect(more).toEqual([])
    expect(over).toMatchObject({ phase: 'ended', incident: first?.incident, rule: 'sleep', level: 3, at: last?.at, clock: last?.clock })
    expect(over?.evidence).toEqual({ durationMs: 3033, highestLevel: 3, cause: 'cut', startedAt: first?.evidence.startedAt })
    expect([over?.seq, new Set([first?.id, last?.id, over?.id]).size]).toEqual([3, 3])
    expect(lines.at(-1)).toContain(first?.incident)
    expect(await run()).toEqual([])
  })

  it('lasted as long as the clock that does not jump says, though the other one was set in the middle', async () => {
    const outbox = await open()
    const events = createEvents({ ids: liveIds(), vehicle: 'bus-12', bootId: 'boot', recording: false, simulated: false })
    for (const [each, wallMs] of [[raised, 0] as const, [escalated, WALL_MS] as const]) {
      const { event: made } = events.next(each, wallMs, false)
      outbox.put(entryOf(made))
    }
    await outbox.close()
    expect((await run()).at(-1)?.evidence.durationMs).toBe(3033)
  })

  it('is not one that has ended, nor a self-test, which never ends', async () => {
    await run(raised, escalated, ended, decision({ rule: 'self-test', level: 0, incident: 2 }))
    expect(await run()).toEqual([])
  })

  it('is still known where the file was spoilt meanwhile, as far as it can be read', async () => {
    const [first] = await run(raised)
    const filler = await open()
    for (let n = 1; n <= 400; n++) {
      const id = `019ab1c2-3d4e-7f60-8a1b-${String(n).padStart(12, '0')}`
      const entry = { id, kind: 'trip' as const, seq: 1, level: 0, bootId: 'boot', monotonicMs: n, wallMs: null }
      filler.put({ ...entry, payload: `{"x":"${'y'.repeat(800)}"}` })
    }
    await filler.close()
    const middle = Math.floor(statSync(file).size / 4096 / 2) * 4096
    const fd = openSync(file, 'r+')
    writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, middle)
    closeSync(fd)
    const outbox = await open()
    expect((await outbox.standing()).map((each) => JSON.parse(each).incident)).toEqual([first?.incident])
    await outbox.close()
  })
})
