import { describe, expect, it } from 'vitest'
import { anyJobOf, COMPARISON_EPOCHS, COMPARISONS } from '../../scripts/train/comparisons.js'
import { jobOf } from '../../scripts/train/jobs.js'
import { multiplyAdds, networkOf } from '../../scripts/train/network.js'

describe('networks to be compared', () => {
  it('are trained by one budget, on the people of the held-out run', () => {
    for (const { name } of COMPARISONS) {
      const job = anyJobOf(name)
      expect(job.courses.map(({ epochs }) => epochs)).toEqual([COMPARISON_EPOCHS])
      expect(job.footageTest).toEqual(jobOf('held-out').footageTest)
    }
    expect(new Set(COMPARISONS.map(({ name }) => name)).size).toBe(COMPARISONS.length)
  })

  it('are the nine of width and side, the conventional ones, and the transfer beside chance', () => {
    const grid = COMPARISONS.filter(
      ({ architecture, from }) => architecture.kind === 'mobilenet-v2' && architecture.channels === 1 && from === 'chance',
    )
    expect(grid.map(({ architecture }) => `${architecture.width}@${architecture.side}`).sort()).toEqual(
      ['0.35@48', '0.35@64', '0.35@96', '0.5@48', '0.5@64', '0.5@96', '1@48', '1@64', '1@96'].sort(),
    )
    expect(COMPARISONS.map(({ architecture }) => architecture.kind)).toContain('vgg-like')
    expect(COMPARISONS.filter(({ from }) => from === 'imagenet')).toHaveLength(4)
  })

  it('cost more multiply-adds the wider and the larger they are', () => {
    const cost = (width: number, side: number): number => multiplyAdds(networkOf({ kind: 'mobilenet-v2', width, side, channels: 1 }))
    expect(cost(0.5, 64)).toBeGreaterThan(cost(0.35, 64))
    expect(cost(0.35, 128) / cost(0.35, 64)).toBeCloseTo(4, 1)
  })

  it('of no such name are refused with the names that there are', () => {
    expect(() => anyJobOf('mobilenet-9')).toThrow(/there is no job "mobilenet-9"; there are held-out/)
  })
})
