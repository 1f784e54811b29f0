/** A run that plays nothing must not say that nothing was lost. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it.each([
  ['scripts/chaos/fleet/chaos.ts', '--faults', 'abc'],
  ['scripts/chaos/fleet/chaos.ts', '--faults', '0'],
  ['scripts/chaos/fleet/chaos.ts', '--deadline', '0'],
  ['scripts/chaos/road/chaos.ts', '--faults', '1.5'],
  ['scripts/chaos/road/chaos.ts', '--minutes', ''],
  ['scripts/fleet-sim.ts', '--vehicles', '0'],
  ['scripts/bench/bench.ts', '--frames', '-1'],
])('%s refuses %s %j with a usage line, before it begins', (program, option, value) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, `${option}=${value}`], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(new RegExp(`^${option} must be a whole number from [^\\n]*\\nnpm run `))
})

it('a run that does not come to its end in time says so, and ends with a code of its own', () => {
  const args = ['--import', 'tsx', 'scripts/chaos/fleet/chaos.ts', '--faults=1000', '--deadline=6']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  expect(stderr).toMatch(
    /^Not done within 6 s: \d+ of 1000 faults were played; under way: [^\n]+\. Nothing can be said of what was lost\.$/m,
  )
  expect(status).toBe(3)
}, 90_000)
