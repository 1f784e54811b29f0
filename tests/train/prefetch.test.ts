import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CACHE } from '../../scripts/train/places.js'
import { prefetch } from '../../scripts/train/prefetch.js'
import { dataFile } from '../data.js'

const empty = mkdtempSync(join(tmpdir(), 'prefetch-'))
afterAll(() => rmSync(empty, { recursive: true }))

const manifest = dataFile('mrl-eye', 'manifest.csv')

describe('batches made in a process beside', { timeout: 600_000 }, () => {
  it('that cannot read the sets: whoever waits for a batch is told, and not left waiting', async () => {
    const batches = prefetch({ job: 'transfer', data: empty, cache: empty, seed: 1, crops: 1000 }, 0)
    await expect(batches.next()).rejects.toThrow(/makes batches for transfer ended \(1\)/)
    await batches.close()
  })

  // The shipped model's run goes on from another in the same program: batches are asked for twice.
  it.skipIf(manifest === null)('come one after another, and again after they were closed', async () => {
    const told = { job: 'transfer', data: join(manifest ?? '', '../..'), cache: CACHE, seed: 1, crops: 1000 }
    const sums: number[] = []
    for (let run = 0; run < 2; run++) {
      const batches = prefetch(told, 3)
      for (let at = 0; at < 2; at++) sums.push((await batches.next()).patches.reduce((sum, value) => sum + value, 0))
      await batches.close()
    }
    const [first, second, firstAgain, secondAgain] = sums
    expect(firstAgain).toBe(first)
    expect(secondAgain).toBe(second)
    expect(second).not.toBe(first)
  })
})
