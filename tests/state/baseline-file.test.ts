import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SavedBaseline } from '../../daemon/state/baseline.js'
import { createBaselineFile } from '../../daemon/state/baseline.js'
import { until } from '../fleet/harness.js'

const bare: SavedBaseline = { bare: { left: 0.2, right: 0.25 }, glasses: null, wears: 'bare' }
const both: SavedBaseline = { ...bare, glasses: { left: 0.4, right: 0.5 }, wears: 'glasses' }

const rig = () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-state-')), 'state')
  const file = path.join(folder, 'baseline.json')
  const warnings: string[] = []
  const begin = () => createBaselineFile(file, (message) => warnings.push(message))
  const onDisk = (): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)
  return { folder, file, warnings, begin, onDisk }
}

describe('the saved baseline', () => {
  it('is there after a restart', async () => {
    const { begin, warnings } = rig()
    const first = begin()
    expect(first.load()).toBeNull()
    first.offer(both, 0)
    await first.close()
    expect([begin().load(), warnings]).toEqual([both, []])
  })

  it('is written when it is news, at most once a minute, and the last one when the daemon stops', async () => {
    const { begin, onDisk, folder } = rig()
    const kept = begin()
    kept.load()
    kept.offer(null, 0)
    expect(onDisk()).toBeNull()
    kept.offer(bare, 1000)
    await until(
      () => onDisk() !== null,
      () => 'not written',
    )
    kept.offer(both, 60_999)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(onDisk()).toEqual(bare)
    kept.offer(both, 61_000)
    await until(
      () => JSON.stringify(onDisk()) === JSON.stringify(both),
      () => 'not written',
    )
    kept.offer(bare, 62_000)
    await kept.close()
    expect([onDisk(), readdirSync(folder)]).toEqual([bare, ['baseline.json']])
  })

  it.each([
    ['cut off by a power cut', '{"bare":{"le'],
    ['empty', ''],
    ['of zeros', '\0\0\0\0'],
    ['of another kind', '{"bare":{"left":7,"right":0},"glasses":null,"wears":"bare"}'],
    ['of another version', '{"levels":[1,2]}'],
  ])('that is %s is set aside and said, and the driver is measured anew', (_, text) => {
    const { begin, file, warnings, folder } = rig()
    mkdirSync(folder)
    writeFileSync(file, text)
    expect(begin().load()).toBeNull()
    expect(warnings).toEqual([expect.stringContaining('set aside')])
    expect([existsSync(file), readFileSync(`${file}.bad`, 'utf8')]).toEqual([false, text])
  })

  it('where it cannot be written is named once, and nothing is thrown', async () => {
    const { begin, folder, warnings } = rig()
    writeFileSync(folder, 'a file where the folder should be')
    const kept = begin()
    expect(kept.load()).toBeNull()
    kept.offer(bare, 0)
    await until(
      () => warnings.length > 0,
      () => 'nothing said',
    )
    await kept.close()
    expect(new Set(warnings).size).toBe(warnings.length)
    expect(warnings[0]).toContain('cannot be kept')
  })
})
