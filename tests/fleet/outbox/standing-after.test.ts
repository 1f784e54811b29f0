/** What stands after each alert that is kept: the `ended` that the next start would tell. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { endCut } from '../../../daemon/fleet/cut.js'
import { liveIds } from '../../../daemon/fleet/ids.js'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createMemoryOutbox } from '../../../daemon/fleet/outbox/memory.js'
import { standingAfter, toldIn } from '../../../daemon/fleet/outbox/standing.js'
import type { Entry } from '../../../daemon/fleet/outbox/types.js'
import { buildEvent } from '../../../daemon/fleet/payloads/event.js'
import type { Decision } from '../../../daemon/judgement/decision.js'
import { decision, eventFacts } from '../examples.js'
import { keepLog } from '../harness.js'
import { entryNumber, NO_NEWS } from './entries.js'

const INCIDENT = eventFacts().incident
const alert = (changes: Partial<Decision>, facts: Parameters<typeof eventFacts>[0] = {}): Entry =>
  entryNumber(1, { payload: JSON.stringify(buildEvent(decision(changes), eventFacts(facts))) })
const endingOf = (entry: Entry, before: string | null = null) => {
  const after = standingAfter(entry, () => before)
  return after === null || after.ending === null ? after : toldIn(after.ending)
}

it('a first alert stands, as long as it had lasted by then', () => {
  expect(endingOf(alert({}))).toMatchObject({
    phase: 'ended',
    incident: INCIDENT,
    evidence: { durationMs: 1033, highestLevel: 2, cause: 'cut' },
  })
})

it('one whose start is not known has lasted no time; one after it adds what has passed, and keeps the highest level', () => {
  const start = { startedSeconds: 3 }
  const first = standingAfter(alert({}, { start }), () => null)?.ending ?? ''
  expect(toldIn(first)?.evidence).toEqual({ durationMs: 0, highestLevel: 2, cause: 'cut' })
  const { durationMs: _, ...without } = toldIn(first)?.evidence ?? {}
  const older = JSON.stringify({ ...toldIn(first), evidence: without })
  const next = alert({ level: 1, atMs: 13_400 }, { start })
  for (const before of [first, older])
    expect(endingOf(next, before)).toMatchObject({ level: 2, evidence: { durationMs: 1000, highestLevel: 2 } })
})

it('nothing stands after an end, a self-test, a summary, or what is no event', () => {
  expect(endingOf(alert({ phase: 'ended' }))).toEqual({ incident: INCIDENT, ending: null })
  for (const entry of [
    alert({ rule: 'self-test' }),
    entryNumber(1, { kind: 'trip' }),
    entryNumber(1, { payload: '{"a":1}' }),
    entryNumber(1, { payload: '{' }),
  ])
    expect(endingOf(entry)).toBeNull()
})

it('on disk an incident stands until its end is kept', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-standing-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const shelf = openDiskShelf(path.join(folder, 'outbox.sqlite'), { bytes: 1e6, ageMs: 1e12 })
  onTestFinished(shelf.close)
  shelf.insert([alert({})])
  expect(shelf.standing().map((ending) => toldIn(ending)?.incident)).toEqual([INCIDENT])
  shelf.insert([{ ...alert({ phase: 'ended' }), id: entryNumber(2).id }])
  expect(shelf.standing()).toEqual([])
})

it('what stands and cannot be read is passed over; the rest is told', async () => {
  const memory = createMemoryOutbox()
  const ending = standingAfter(alert({}), () => null)?.ending ?? ''
  const { log, lines } = keepLog()
  await endCut({ outbox: { ...memory, standing: async () => ['spoilt', ending] }, ids: liveIds(), log })
  const told = await memory.take(5, NO_NEWS)
  expect(told.map(({ payload }) => toldIn(payload)?.incident)).toEqual([INCIDENT])
  expect(lines).toHaveLength(1)
})
