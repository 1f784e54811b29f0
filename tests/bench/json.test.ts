import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))

const spread = z.strictObject({ median: z.number().positive(), p95: z.number().positive() })
const contract = z.object({ frameMs: z.number().positive(), referenceMs: z.number().positive(), stages: z.record(z.string(), spread) })

let lines: string[] = []
beforeAll(() => {
  const args = ['--import', 'tsx', 'scripts/bench/bench.ts', '--json', '--frames', '60', '--seconds', '2', '--growth', '0']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  lines = stdout.trimEnd().split('\n')
}, 300_000)

describe('npm run bench -- --json', () => {
  it('ends with one object that says what a frame, the yardstick and each stage take', () => {
    const { stages } = contract.parse(JSON.parse(lines.at(-1) ?? ''))
    expect(Object.keys(stages)).toEqual(expect.arrayContaining(['read', 'locate', 'cut', 'classify', 'judge', 'ipc']))
    for (const { median, p95 } of Object.values(stages)) expect(p95).toBeGreaterThanOrEqual(median)
  })

  it('saw the driver’s eyes while it measured: an empty frame is looked at faster', () => {
    const { frames, eyeFrames } = z.object({ frames: z.number(), eyeFrames: z.number() }).parse(JSON.parse(lines.at(-1) ?? ''))
    expect(frames).toBe(60)
    expect(eyeFrames / frames).toBeGreaterThan(0.9)
  })

  it('keeps both processes of the real daemon small', () => {
    const running = z.object({ running: z.object({ memory: z.object({ rssMb: z.number() }) }) })
    // Source: design.md, 260 MB to reach; a fifth more, since libraries and page cache differ between machines.
    expect(running.parse(JSON.parse(lines.at(-1) ?? '')).running.memory.rssMb).toBeLessThan(312)
  })
})
