/** A run that plays nothing must not say that nothing was lost. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it.each([
  ['scripts/chaos/fleet/chaos.ts', '--faults', 'abc'],
  ['scripts/chaos/fleet/chaos.ts', '--faults', '0'],
  ['scripts/chaos/road/chaos.ts', '--faults', '1.5'],
  ['scripts/chaos/road/chaos.ts', '--minutes', ''],
  ['scripts/fleet-sim.ts', '--vehicles', '0'],
  ['scripts/bench/bench.ts', '--frames', '-1'],
])('%s refuses %s %j with a usage line, before it begins', (program, option, value) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, `${option}=${value}`], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(new RegExp(`^${option} must be a whole number from [^\\n]*\\nnpm run `))
})
