/** From a closure's threshold to the buzzer's line, with the real daemon: whatever the disk does. The figures are printed by `npm run measure-edge`. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { disks, measureEdges } from '../../../scripts/measure/edge/edges.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FRAME_MS = 1000 / 15

// A machine that is busy with other tests may delay one of four: then four more are looked at. None may be without its buzzer.
const ATTEMPTS = 3

it.each(disks)('sounds within a frame and 100 ms of the threshold, on a disk that is %s', { timeout: 300_000 }, async (disk) => {
  let longestMs = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && longestMs >= FRAME_MS + 100; attempt++) {
    const late = await measureEdges(root, disk, 4)
    expect(late.length).toBeGreaterThanOrEqual(3)
    expect(late).not.toContain(null)
    longestMs = Math.max(...late.map((ms) => ms ?? Number.POSITIVE_INFINITY))
  }
  expect(longestMs).toBeLessThan(FRAME_MS + 100)
})
