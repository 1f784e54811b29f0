/** `kantukd evidence`: what is kept is listed without a key, looked at with it, and deleted. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nameOf } from '../../daemon/evidence/name.js'
import { encode } from '../../daemon/evidence/record.js'
import { createStore } from '../../daemon/evidence/store.js'
import { idOf, newKey, sample } from '../evidence/samples.js'
import { kantukd, scratch, writeConfig } from './program.js'

const NOW_MS = Date.parse('2026-11-28T09:00:00Z')

/** A vehicle that has kept one alarm of each id, with its key beside the configuration. */
async function vehicle(ids: readonly string[], { isSealed = true, evidence = {} } = {}) {
  const folder = scratch()
  const key = newKey()
  writeFileSync(path.join(folder, 'key'), key.toString('hex'))
  const config = writeConfig(folder, {
    state: { dir: folder },
    evidence: { enabled: true, ...(isSealed ? { keyFile: 'key' } : {}), ...evidence },
  })
  const kept = path.join(folder, 'evidence')
  const store = createStore(kept, 0)
  for (const id of ids) await store.put(id, encode(sample({ id }), isSealed ? key : null), { maxMb: 100, maxDays: 14 }, NOW_MS)
  const evidenceCommand = (...args: string[]) => kantukd(['evidence', ...args, '-c', config])
  return { folder, kept, evidenceCommand }
}
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

describe('kantukd evidence list', () => {
  it('has a line for each, oldest first, with the id that the fleet knows the incident by', async () => {
    const { evidenceCommand } = await vehicle([idOf(2), idOf(1)])
    const { code, stdout } = evidenceCommand('list')
    expect(code).toBe(0)
    expect(linesOf(stdout)).toEqual([
      `${idOf(2)}  2026-11-28T09:00:00.000Z  microsleep (level 2), 3 pictures, 1 kB`,
      `${idOf(1)}  2026-11-28T09:00:00.000Z  microsleep (level 2), 3 pictures, 1 kB`,
    ])
  })

  it('with --json is one object a line', async () => {
    const { evidenceCommand } = await vehicle([idOf(1)])
    expect(linesOf(evidenceCommand('list', '--json').stdout).map((line) => JSON.parse(line))).toEqual([
      {
        ...{ id: idOf(1), at: '2026-11-28T09:00:00.000Z', clockSynced: true, rule: 'microsleep', level: 2 },
        ...{ pictures: 3, bytes: expect.any(Number), encrypted: true },
      },
    ])
  })

  it('says what is not encrypted', async () => {
    const { evidenceCommand } = await vehicle([idOf(1)], { isSealed: false })
    expect(evidenceCommand('list').stdout).toContain('; not encrypted')
  })

  it('names a file that is damaged, lists the others, and ends with 1', async () => {
    const { kept, evidenceCommand } = await vehicle([idOf(1)])
    writeFileSync(path.join(kept, nameOf({ ordinal: 9, keptMs: NOW_MS, id: idOf(9) })), 'nonsense')
    const { code, stdout, stderr } = evidenceCommand('list')
    expect([code, linesOf(stdout).length]).toEqual([1, 1])
    expect(stderr).toContain(`${idOf(9)}.evidence is no evidence, or damaged`)
  })

  it('says where there is none, and that it is off', async () => {
    const { kept, evidenceCommand } = await vehicle([], { evidence: { enabled: false } })
    expect(evidenceCommand('list')).toMatchObject({ code: 0, stdout: `There is no evidence in ${kept}. It is off (evidence.enabled).\n` })
    expect(evidenceCommand('list', '--json')).toMatchObject({ code: 0, stdout: '' })
  })
})

describe('kantukd evidence show', () => {
  it('tells when each picture was taken', async () => {
    const { evidenceCommand } = await vehicle([idOf(1)])
    const { code, stdout } = evidenceCommand('show', idOf(1))
    expect(code).toBe(0)
    expect(linesOf(stdout).slice(1)).toEqual(['  −0.5 s  1 kB', '  +0.0 s  1 kB', '  +0.5 s  1 kB'])
  })

  it('with --out writes them into a folder, for their owner alone, in their order', async () => {
    const { folder, evidenceCommand } = await vehicle([idOf(1)])
    const out = path.join(folder, 'pictures')
    expect(evidenceCommand('show', idOf(1), '--out', out).code).toBe(0)
    const names = readdirSync(out)
    expect(names).toEqual(['01', '02', '03'].map((n) => `2026-11-28T09-00-00_${idOf(1)}_${n}.jpg`))
    expect(names.map((name) => readFileSync(path.join(out, name), 'utf8'))).toEqual(['picture at -500', 'picture at 0', 'picture at 500'])
    expect(names.map((name) => statSync(path.join(out, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600])
  })

  it('takes a key from elsewhere, such as the desk to which the folder was copied', async () => {
    const { folder, evidenceCommand } = await vehicle([idOf(1)], { evidence: { keyFile: 'another' } })
    writeFileSync(path.join(folder, 'another'), newKey().toString('hex'))
    expect(evidenceCommand('show', idOf(1))).toMatchObject({ code: 2, stderr: expect.stringContaining('does not open with this key') })
    expect(evidenceCommand('show', idOf(1), '--key', path.join(folder, 'key')).code).toBe(0)
  })

  it('without a key says that it is encrypted', async () => {
    const { evidenceCommand } = await vehicle([idOf(1)], { evidence: { keyFile: null } })
    expect(evidenceCommand('show', idOf(1))).toMatchObject({ code: 2, stderr: expect.stringMatching(/is encrypted: name its key/) })
  })

  it('of an id that is not there says so', async () => {
    const { evidenceCommand } = await vehicle([idOf(1)])
    expect(evidenceCommand('show', 'ffff')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no evidence of ffff') })
  })
})

describe('kantukd evidence delete', () => {
  it('deletes the one that is named', async () => {
    const { evidenceCommand } = await vehicle([idOf(1), idOf(2)])
    expect(evidenceCommand('delete', idOf(1))).toMatchObject({ code: 0, stdout: 'Deleted 1.\n' })
    expect(linesOf(evidenceCommand('list').stdout)).toEqual([expect.stringContaining(idOf(2))])
  })

  it('deletes all with --all, damaged ones too, and no file of somebody else', async () => {
    const { kept, evidenceCommand } = await vehicle([idOf(1), idOf(2)])
    writeFileSync(path.join(kept, nameOf({ ordinal: 9, keptMs: NOW_MS, id: idOf(9) })), 'nonsense')
    writeFileSync(path.join(kept, 'notes.txt'), 'a technician’s')
    expect(evidenceCommand('delete', '--all').stdout).toBe('Deleted 3.\n')
    expect(readdirSync(kept)).toEqual(['notes.txt'])
  })

  it.each([[[]], [[idOf(1), '--all']], [[idOf(1).slice(0, 8)]]])('with %j deletes nothing, and says why', async (args) => {
    const { kept, evidenceCommand } = await vehicle([idOf(1), idOf(2)])
    expect(evidenceCommand('delete', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/or --all|begins several ids/) })
    expect(readdirSync(kept)).toHaveLength(2)
  })
})

it('a folder that is none of a directory is a fault, and not nothing', async () => {
  const { folder, evidenceCommand } = await vehicle([], { evidence: { dir: 'evidence-file' } })
  writeFileSync(path.join(folder, 'evidence-file'), '')
  mkdirSync(path.join(folder, 'elsewhere'))
  expect(evidenceCommand('list')).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') })
})
