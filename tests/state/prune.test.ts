import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pruneSetAside } from '../../daemon/state/prune.js'

const DAY_MS = 86_400_000

it('what was set aside goes after 30 days; what is in use and what nobody knows stays', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-prune-'))
  const nowMs = Date.parse('2026-11-24T12:00:00Z')
  const add = (name: string, days: number) => {
    writeFileSync(path.join(folder, name), 'x')
    utimesSync(path.join(folder, name), 0, (nowMs - days * DAY_MS) / 1000)
  }
  add('baseline.json.bad', 31)
  add('outbox.sqlite.spoilt-1795554245678', 31)
  add('outbox.sqlite.spoilt-1795554245678-wal', 31)
  add('summaries.json.bad', 29)
  for (const name of ['outbox.sqlite', 'outbox.sqlite-wal', 'baseline.json', 'verdicts.jsonl', 'notes.badly']) add(name, 400)
  expect((await pruneSetAside(folder, nowMs)).sort()).toEqual([
    'baseline.json.bad',
    'outbox.sqlite.spoilt-1795554245678',
    'outbox.sqlite.spoilt-1795554245678-wal',
  ])
  expect(readdirSync(folder).sort()).toEqual([
    'baseline.json',
    'notes.badly',
    'outbox.sqlite',
    'outbox.sqlite-wal',
    'summaries.json.bad',
    'verdicts.jsonl',
  ])
})

it('a folder that is not there is nothing to do', async () => {
  expect(await pruneSetAside('/nowhere/at/all', 0)).toEqual([])
})
