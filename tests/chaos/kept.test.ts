/** A long run that is cut goes on after its whole parts. */
import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Findings } from '../../scripts/chaos/road/findings.js'
import { openKept } from '../../scripts/chaos/road/kept.js'

const part = (seconds: number): Findings => ({
  ...{ faults: { 'disk full': 1 }, seconds, closures: [], restarts: [], starts: [], offAfterMs: [], toldMs: [], unsaid: [], unasked: [] },
  ...{ events: 0, missingEvents: 0, exitCode: 0, isOnAtEnd: false, longestLateMs: 0 },
})
const file = () => path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-kept-')), 'parts')

it('what is kept is found by the same call, and a line that was torn is done again', () => {
  const name = file()
  openKept(name, 'seed 1').add(part(10))
  appendFileSync(name, '{"run":"seed 1","part":{"faul')
  const again = openKept(name, 'seed 1')
  expect(again.parts).toEqual([part(10)])
  again.add(part(20))
  expect(openKept(name, 'seed 1').parts).toEqual([part(10), part(20)])
})

it('parts of another run are no parts of this one', () => {
  const name = file()
  openKept(name, 'seed 1').add(part(10))
  expect(() => openKept(name, 'seed 2')).toThrow(/holds parts of another run, seed 1/)
})
