/** From a closure's threshold to the buzzer's line, with the real daemon: whatever the disk does. The figures are printed by `npm run measure-edge`. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { disks, measureEdges } from '../../../scripts/measure/edge/edges.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FRAME_MS = 1000 / 15

it.each(disks)('sounds within a frame and 100 ms of the threshold, on a disk that is %s', { timeout: 180_000 }, async (disk) => {
  const late = await measureEdges(root, disk, 4)
  expect(late.length).toBeGreaterThanOrEqual(3)
  expect(late).not.toContain(null)
  // More than half of them: one may meet a machine that is busy with other tests.
  const inOrder = late.map((ms) => ms ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  expect(inOrder[Math.floor(late.length / 2)]).toBeLessThan(FRAME_MS + 100)
})
