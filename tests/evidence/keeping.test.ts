/** Which of the daemon's events are evidence, and what a reload of the settings does. */
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { buildEvent, type Event } from '../../daemon/fleet/payloads/event.js'
import { createConditions } from '../../daemon/health/conditions.js'
import { createLogger } from '../../daemon/log.js'
import type { Picture } from '../../daemon/picture.js'
import { createEvidenceKeeping } from '../../daemon/wiring/evidence.js'
import { decision, eventFacts } from '../fleet/examples.js'
import { idOf } from './samples.js'

function rig(change: object) {
  const dir = mkdtempSync(join(tmpdir(), 'kantukd-evidence-'))
  const withEvidence = (evidence: object) => {
    const config = defaultConfig()
    return { ...config, state: { dir }, evidence: { ...config.evidence, enabled: true, ...evidence } }
  }
  const conditions = createConditions({ info: () => undefined, error: () => undefined })
  let take: (picture: Picture) => void = () => undefined
  const watch = (_: number, given: typeof take) => {
    take = given
    return () => undefined
  }
  const clock = { wallMs: Date.now, monotonicMs: () => 0, synced: () => true, bootId: 'boot' }
  const log = createLogger({ level: 'error', format: 'json' }, { write: () => undefined })
  const keeping = createEvidenceKeeping({ config: withEvidence(change), simulated: false, viewing: { watch }, clock, conditions, log })
  const show = (at: number) => take({ frame: 0, at, jpeg: 'AAAA', widthPx: 640, heightPx: 480, patches: { left: null, right: null } })
  const kept = () => readdirSync(join(dir, 'evidence')).map((name) => Number(name.slice(-21, -9)))
  return { keeping, conditions, show, kept, withEvidence }
}
/** An event 1 s after the boot. */
const eventOf = (n: number, change: Parameters<typeof decision>[0] = {}): Event =>
  buildEvent(decision({ atMs: 1000, ...change }), eventFacts({ incident: idOf(n) }))

it('an alarm of the wanted level that sounded is kept; one below, a quiet one, and the end of one are not', async () => {
  const { keeping, show, kept } = rig({ fromLevel: 3 })
  show(500)
  const events = [
    eventOf(1, { level: 2 }),
    eventOf(2, { level: 3 }),
    eventOf(3, { level: 3, quiet: true }),
    eventOf(4, { level: 4, phase: 'ended' }),
    eventOf(5, { level: 4, phase: 'escalated' }),
  ]
  keeping.step({ events, nowMs: 1000 })
  await keeping.close()
  expect(kept()).toEqual([2, 5])
})

it('a reload that mends what was wrong, or switches evidence off, takes the condition back; one that does not leaves it', async () => {
  const { keeping, conditions, withEvidence } = rig({ keyFile: '/nowhere/key' })
  expect([keeping.state, conditions.list()]).toEqual(['off', ['evidence-fails']])
  await keeping.take(withEvidence({ keyFile: '/nowhere/else' }))
  expect([keeping.state, conditions.list()]).toEqual(['off', ['evidence-fails']])
  await keeping.take(withEvidence({ keyFile: null }))
  // On a disk that is nearly full it would stand for another reason.
  await vi.waitFor(() => expect([keeping.state, conditions.list()]).toEqual(['on', []]))
  await keeping.take(withEvidence({ keyFile: '/nowhere/key' }))
  await keeping.take(withEvidence({ enabled: false, keyFile: '/nowhere/key' }))
  expect([keeping.state, conditions.list()]).toEqual(['off', []])
  await keeping.close()
})
