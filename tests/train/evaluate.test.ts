import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const evaluate = (...options: string[]) =>
  spawnSync('node_modules/.bin/tsx', ['scripts/train/evaluate.ts', ...options], { cwd: root, encoding: 'utf8' })

describe('npm run evaluate', () => {
  it("refuses to write one model's figures into the card, where all others' would be lost", { timeout: 60_000 }, () => {
    const { status, stderr } = evaluate('--write', '--job', 'held-out')
    expect(status).toBe(1)
    expect(stderr).toMatch(/--write puts the figures of all models into the card; with --job the others would be lost/)
  })

  it('says what it looked for where there is no such folder', { timeout: 60_000 }, () => {
    const { status, stderr } = evaluate('nowhere')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^evaluate: nowhere does not exist/m)
  })
})
