/** The room as the daemon uses it: a real folder, pictures and alarms as the test gives them. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createEvidence, type Raised } from '../../daemon/evidence/index.js'
import { nameOf } from '../../daemon/evidence/name.js'
import { decode } from '../../daemon/evidence/record.js'
import type { Picture } from '../../daemon/picture.js'
import { idOf } from './samples.js'

const NOW_MS = Date.parse('2026-11-28T09:00:00Z')
const DAY_MS = 86_400_000

/** A room with its pictures in the test's hand. */
function rig(change: object = {}, folder = join(mkdtempSync(join(tmpdir(), 'kantukd-evidence-')), 'evidence')) {
  const states: (string | null)[] = []
  const said: string[] = []
  const wanted = { everyMs: null as number | null }
  let take: (picture: Picture) => void = () => undefined
  const evidence = createEvidence({
    config: { ...defaultConfig().evidence, enabled: true, ...change },
    folder,
    simulated: false,
    watchPictures(everyMs, given) {
      wanted.everyMs = everyMs
      take = given
      return () => {
        wanted.everyMs = null
        take = () => undefined
      }
    },
    clock: { wallMs: () => NOW_MS, synced: () => true },
    newId: () => idOf(99),
    onState: (fault) => states.push(fault),
    log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
  })
  const show = (at: number) => {
    const jpeg = Buffer.from(`picture at ${at}`).toString('base64')
    take({ frame: 0, at, jpeg, widthPx: 640, heightPx: 480, patches: { left: null, right: null } })
    evidence.took([], at)
  }
  /** Two pictures a second. */
  const drive = (fromMs: number, toMs: number) => {
    for (let at = fromMs; at <= toMs; at += 500) show(at)
  }
  const raise = (id: string, atMs: number) => {
    const alarm: Raised = { id, rule: 'microsleep', level: 2, at: '2026-11-28T09:00:00.000Z', clockSynced: true, atMs }
    evidence.took([alarm], atMs)
  }
  const files = () => (existsSync(folder) ? readdirSync(folder).sort() : [])
  const timesOf = (file: string | undefined) => decode(readFileSync(join(folder, file ?? '')), null, 'it').pictures.map(({ atMs }) => atMs)
  return { evidence, folder, states, said, wanted, show, drive, raise, files, timesOf }
}
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 10 })

describe('while it is on', () => {
  it('two pictures a second are asked for, and those around an alarm are kept', async () => {
    const { evidence, wanted, drive, raise, files, timesOf } = rig()
    expect([evidence.state, wanted.everyMs]).toEqual(['on', 500])
    drive(0, 10_000)
    raise(idOf(1), 10_100)
    drive(10_500, 20_000)
    await eventually(() => expect(files()).toEqual([expect.stringContaining(idOf(1))]))
    expect(timesOf(files()[0]).at(0)).toBe(-2600)
    expect(timesOf(files()[0]).at(-1)).toBe(2900)
  })

  it('an alarm that stands when the daemon stops is kept before it has stopped', async () => {
    const { evidence, wanted, drive, raise, files } = rig()
    drive(0, 5000)
    raise(idOf(1), 5100)
    await evidence.close()
    expect([files().length, wanted.everyMs]).toEqual([1, null])
  })

  it('a disk that takes nothing is told, costs no later alarm, and is well again by the next that is kept', async () => {
    const { folder, drive, raise, states, files } = rig()
    await eventually(() => expect(states).toEqual([null]))
    writeFileSync(folder, 'a file where the folder should be')
    raise(idOf(1), 100)
    drive(500, 6000)
    await eventually(() => expect(states.at(-1)).toMatch(/(EEXIST|ENOTDIR).* \[evidence-folder\]/))
    rmSync(folder)
    raise(idOf(2), 7000)
    drive(7500, 13_000)
    await eventually(() => expect(states.at(-1)).toBeNull())
    expect(files()).toEqual([expect.stringContaining(idOf(2))])
  })

  it('more alarms at once than a slow disk takes: what is too much is left out and told, the rest is kept', async () => {
    const { drive, raise, states, files } = rig()
    await eventually(() => expect(states).toEqual([null]))
    for (let n = 1; n <= 20; n++) raise(idOf(n), 100)
    drive(500, 6000)
    await eventually(() => expect(files()).toHaveLength(8))
    expect(states.filter((state) => state?.includes('the disk is slow') === true)).toHaveLength(12)
  })
})

describe('under strain', () => {
  it('no picture is asked for, what was under way is kept, and what comes is not; then it goes on', async () => {
    const { evidence, wanted, drive, raise, show, files } = rig()
    drive(0, 5000)
    raise(idOf(1), 5100)
    evidence.pause(true)
    expect([evidence.state, wanted.everyMs]).toEqual(['paused', null])
    await eventually(() => expect(files()).toHaveLength(1))
    raise(idOf(2), 6000)
    show(6500)
    await expect(evidence.snapshot()).rejects.toMatchObject({ code: 'evidence-paused' })
    evidence.pause(false)
    expect([evidence.state, wanted.everyMs]).toEqual(['on', 500])
    drive(60_000, 70_000)
    raise(idOf(3), 70_100)
    drive(70_500, 80_000)
    await eventually(() => expect(files().map((file) => file.slice(-46, -9))).toEqual([`_${idOf(1)}`, `_${idOf(3)}`]))
  })

  it('that is told again and again is said once', () => {
    const { evidence, said } = rig()
    for (const isOn of [true, true, false, false]) evidence.pause(isOn)
    expect(said.slice(1)).toEqual(['Evidence is paused: no pictures are kept.', 'Evidence is on again.'])
  })
})

describe('a snapshot', () => {
  it('is the next picture, kept under an id of its own', async () => {
    const { evidence, show, files, timesOf } = rig()
    const asked = evidence.snapshot()
    show(1000)
    expect(await asked).toBe(idOf(99))
    expect(files()).toEqual([expect.stringContaining(idOf(99))])
    expect(timesOf(files()[0])).toEqual([0])
  })

  it('of a camera that gives none is refused after three seconds', async () => {
    const { evidence } = rig()
    await expect(evidence.snapshot()).rejects.toMatchObject({ code: 'evidence-no-picture' })
  })

  it('is refused while evidence is off', async () => {
    await expect(rig({ enabled: false }).evidence.snapshot()).rejects.toMatchObject({ code: 'evidence-off' })
  })
})

describe('while it is off', () => {
  it('no picture is asked for, and nothing is made', async () => {
    const { evidence, wanted, raise, files } = rig({ enabled: false })
    raise(idOf(1), 100)
    await evidence.tidy()
    expect([evidence.state, wanted.everyMs, files()]).toEqual(['off', null, []])
  })

  it('what was kept before still goes after its days', async () => {
    const before = rig()
    before.raise(idOf(1), 100)
    before.drive(500, 6000)
    await before.evidence.close()
    const old = nameOf({ ordinal: 2, keptMs: NOW_MS - 15 * DAY_MS, id: idOf(2) })
    writeFileSync(join(before.folder, old), 'old')
    // Of a power cut.
    writeFileSync(join(before.folder, `.${idOf(3)}.new`), 'half')
    const { evidence, files, said } = rig({ enabled: false }, before.folder)
    await evidence.tidy()
    expect(files()).toEqual([expect.stringContaining(idOf(1))])
    expect(said).toEqual([expect.stringMatching(/^Deleted 1 of the evidence: more than 14 days old/)])
  })

  it('also where its key is missing', async () => {
    const { evidence, states, wanted } = rig({ keyFile: '/nowhere/key' })
    expect([evidence.state, wanted.everyMs]).toEqual(['off', null])
    expect(states).toEqual([expect.stringContaining('/nowhere/key cannot be read')])
  })
})
