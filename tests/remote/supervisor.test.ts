/** What becomes of a change: with real files, and daemons that are well or not as the test wants it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../daemon/config/index.js'
import { requests } from '../../daemon/fleet/commands/index.js'
import type { Answer } from '../../daemon/fleet/payloads/result.js'
import { monotonicMs } from '../../daemon/monotonic.js'
import { createChanges } from '../../daemon/remote/change.js'
import { createTrialFile } from '../../daemon/remote/trial-file.js'
import { begin, type Manners, OLD } from './supervised.js'

const codeOf = (answer: Answer) => (answer.ok ? 'ok' : answer.error.code)

describe('a change of the configuration', () => {
  it('is written, tried, and kept when all is well; the fleet is told by the daemon that comes after', async () => {
    const { ask, text, story, heard } = begin(() => ({}))
    const answer = await ask({ 'log.level': 'debug' })
    expect(answer).toEqual({ ok: true, data: { applied: true, changes: [{ path: 'log.level', from: 'info', to: 'debug' }], warnings: [] } })
    expect(text()).toBe('# ours\nlog:\n  level: debug\n')
    expect(story).toEqual(['starts info', 'makes way info', 'starts debug', 'proven debug'])
    expect(heard).toEqual([expect.objectContaining({ transaction: 'desk-1', answer })])
  })

  it.each<[string, Manners, RegExp]>([
    ['cannot be started', { fails: 'no such chip' }, /no such chip/],
    ['ends', { ends: 'no such recording' }, /no such recording/],
  ])('of a daemon that %s is taken back at once', async (_, manners, why) => {
    const { ask, text, story, heard } = begin((level) => (level === 'debug' ? manners : {}))
    const answer = await ask({ 'log.level': 'debug' })
    expect([codeOf(answer), text()]).toEqual(['rolled-back', OLD])
    expect(JSON.stringify(answer)).toMatch(why)
    await sleep(20)
    expect([story.filter((step) => step.startsWith('starts')).at(-1), heard.map((owed) => codeOf(owed.answer))]).toEqual([
      'starts info',
      ['rolled-back'],
    ])
  })

  it.each<[string, Manners, RegExp]>([
    ['the broker', { well: () => ({ vision: true, fleet: false }) }, /broker is not reached/],
    ['the camera', { well: () => ({ vision: false, fleet: true }) }, /camera gives no pictures/],
  ])('that loses %s is taken back when its time is over', { timeout: 30_000 }, async (_, manners, why) => {
    const { ask, text, heard } = begin((level) => (level === 'debug' ? manners : {}))
    const answer = await ask({ 'log.level': 'debug' })
    expect([codeOf(answer), text()]).toEqual(['rolled-back', OLD])
    expect(JSON.stringify(answer)).toMatch(why)
    await sleep(20)
    expect(heard).toHaveLength(1)
  })

  it('need not bring a camera that was not there before', async () => {
    const { ask, present } = begin(() => ({ well: () => ({ vision: false, fleet: true }) }))
    present.visionRuns = false
    expect(codeOf(await ask({ 'log.level': 'debug' }))).toBe('ok')
  })

  it('waits while a warning stands or the eyes are closed', async () => {
    const { ask, present, text, story } = begin(() => ({}))
    present.isCalm = false
    const asked = ask({ 'log.level': 'debug' })
    await sleep(1500)
    expect([text(), story]).toEqual([OLD, ['starts info']])
    present.isCalm = true
    expect(codeOf(await asked)).toBe('ok')
  })

  it('is taken back only when no warning stands', { timeout: 30_000 }, async () => {
    const calm = { is: false }
    const { ask, story } = begin((level) =>
      level === 'debug' ? { well: () => ({ vision: false, fleet: true }), isCalm: () => calm.is } : {},
    )
    const asked = ask({ 'log.level': 'debug' })
    await sleep(14_000)
    expect(story).toEqual(['starts info', 'makes way info', 'starts debug'])
    calm.is = true
    expect(codeOf(await asked)).toBe('rolled-back')
  })

  it('is tried in place, and taken back in place, where nothing has to be begun anew', { timeout: 30_000 }, async () => {
    const isWell = { is: true }
    const { ask, story, text, heard } = begin(() => ({ changes: true, well: () => ({ vision: true, fleet: isWell.is }) }))
    expect(codeOf(await ask({ 'log.level': 'debug' }))).toBe('ok')
    expect(story).toEqual(['starts info', 'goes by debug', 'proven debug'])
    await sleep(5000)
    isWell.is = false
    expect(codeOf(await ask({ 'log.level': 'trace' }))).toBe('rolled-back')
    expect([story.slice(3, 4), story.at(-1), text()]).toEqual([['goes by trace'], 'goes by debug', OLD.replace('info', 'debug')])
    expect(heard.map(({ answer }) => codeOf(answer))).toEqual(['ok', 'rolled-back'])
  })

  it('that a part refuses is taken back at once', async () => {
    const { ask, text, story } = begin(() => ({ changes: 'port 8421 is taken' }))
    const answer = await ask({ 'log.level': 'debug' })
    expect([codeOf(answer), text()]).toEqual(['rolled-back', OLD])
    expect(JSON.stringify(answer)).toContain('port 8421 is taken')
    expect(story.filter((step) => /starts|makes way/.test(step))).toEqual(['starts info'])
  })

  it('that is under way keeps others out', async () => {
    const { ask, present } = begin(() => ({}))
    present.isCalm = false
    const first = ask({ 'log.level': 'debug' })
    expect(codeOf(await ask({ 'log.level': 'warn' }))).toBe('busy')
    present.isCalm = true
    expect(codeOf(await first)).toBe('ok')
    expect(codeOf(await ask({ 'log.level': 'warn' }))).toBe('too-soon')
  })

  it('is only told in a dry run, and when nothing would change', async () => {
    const { ask, text, story } = begin(() => ({}))
    expect(await ask({ 'log.level': 'debug' }, { dryRun: true })).toMatchObject({
      ok: true,
      data: { applied: false, changes: [{ to: 'debug' }] },
    })
    expect([text(), story]).toEqual([OLD, ['starts info']])
  })

  it('is refused when the configuration is another than was thought', async () => {
    const { ask } = begin(() => ({}))
    expect(codeOf(await ask({ 'log.level': 'debug' }, { ifConfigSha256: 'b'.repeat(64) }))).toBe('config-changed')
  })

  it.each([
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['ENOSPC', 'not-kept'],
  ])('that the disk refuses with %s is answered with %s, and another may be asked for', async (why, code) => {
    // The rest of the disk is real; a read-only one cannot be had without root, and root may write on it.
    const refusing = { ...createTrialFile('/nowhere'), begin: () => Promise.reject(Object.assign(new Error(why), { code: why })) }
    const file = join(mkdtempSync(join(tmpdir(), 'kantukd-supervised-')), 'kantukd.yaml')
    writeFileSync(file, OLD)
    let nowMs = 0
    const changes = createChanges({ file, trialFile: refusing, requireRunnable: () => undefined, now: () => (nowMs += 10_000) })
    const request = requests['config/set'].parse({ transaction: 'desk-1', expires: '2026-11-24T21:10:00Z', set: { 'log.level': 'debug' } })
    const ask = () => changes.ask(request, loadConfig(file).config, '', () => ({ isCalm: true, visionRuns: true }))
    expect([codeOf(await ask()), codeOf(await ask())]).toEqual([code, code])
    expect(readFileSync(file, 'utf8')).toBe(OLD)
  })

  it('without a file is refused', async () => {
    const changes = createChanges({ file: null, trialFile: null, requireRunnable: () => undefined, now: monotonicMs })
    const request = requests['config/set'].parse({ transaction: 'desk-1', expires: '2026-11-24T21:10:00Z', set: { 'log.level': 'debug' } })
    expect(codeOf(await changes.ask(request, loadConfig(null).config, '', () => ({ isCalm: true, visionRuns: true })))).toBe(
      'no-config-file',
    )
  })

  it('that the program is stopped in is taken back at the next start', async () => {
    const { ask, stop, file, text, story } = begin((level) => (level === 'debug' ? { well: () => ({ vision: false, fleet: false }) } : {}))
    void ask({ 'log.level': 'debug' })
    while (!story.includes('starts debug')) await sleep(20)
    await stop()
    expect(story.slice(-2)).toEqual(['over: SIGTERM', 'stops debug'])
    expect(text()).toContain('debug')
    expect(await createTrialFile(file).recover()).toMatchObject({ owed: { transaction: 'desk-1', answer: { ok: false } } })
    expect(text()).toBe(OLD)
  })
})
