/** From a closure's threshold to the buzzer's line, with the real daemon: whatever the disk does. The figures are printed by `npm run measure-edge`. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { disks, measureEdges } from '../../../scripts/measure/edge/edges.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FRAME_MS = 1000 / 15

it.each(disks)('sounds within a frame and 100 ms of the threshold, on a disk that is %s', { timeout: 120_000 }, async (disk) => {
  const late = await measureEdges(root, disk, 3)
  expect(late.length).toBeGreaterThanOrEqual(2)
  expect(late).not.toContain(null)
  // Of several, since one may meet a machine that is busy with other tests.
  expect(Math.min(...late.map((ms) => ms ?? Number.POSITIVE_INFINITY))).toBeLessThan(FRAME_MS + 100)
})
