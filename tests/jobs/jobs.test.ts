import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createJobs } from '../../daemon/jobs/index.js'
import { phaseOf } from '../../daemon/wiring/phase.js'

const EVERY_SECOND = '* * * * * *'

const keepLog = () => {
  const errors: string[] = []
  return { errors, log: { debug: () => {}, error: (message: string) => void errors.push(message) } }
}

describe('jobs', () => {
  it('call each at its times, also after one that failed, and no more once closed', async () => {
    const { errors, log } = keepLog()
    let beats = 0
    const work = () => {
      beats += 1
      if (beats === 1) throw new Error('no thermometer')
    }
    let others = 0
    const other = {
      name: 'other',
      schedule: EVERY_SECOND,
      work: () => {
        others += 1
      },
    }
    const jobs = createJobs([{ name: 'heartbeat', schedule: EVERY_SECOND, work }, other], { phase: 0, log })
    for (let waited = 0; beats < 2 && waited < 4_000; waited += 20) await sleep(20)
    expect(beats).toBe(2)
    expect(others).toBeGreaterThanOrEqual(1)
    expect(errors).toEqual(['The heartbeat failed: no thermometer'])
    await jobs.close()
    await sleep(1_200)
    expect(beats).toBe(2)
  }, 10_000)

  it.each(['', 'often', '61 * * * * *', '* * * * * * *'])('refuse %j as a schedule, and say which and why', (schedule) => {
    const make = () => createJobs([{ name: 'heartbeat', schedule, work: () => {} }], { phase: 0, log: keepLog().log })
    expect(make).toThrow(expect.objectContaining({ code: 'cron', message: expect.stringContaining(`schedule of heartbeat "${schedule}"`) }))
  })

  it('are done at their phase of the time between two turns, so that a fleet does not speak in the same second', async () => {
    const at: number[] = []
    const work = () => void at.push(Date.now() % 1000)
    const jobs = createJobs([{ name: 'heartbeat', schedule: EVERY_SECOND, work }], { phase: 0.6, log: keepLog().log })
    for (let waited = 0; at.length < 3 && waited < 6_000; waited += 20) await sleep(20)
    await jobs.close()
    // The median: a busy machine is late now and then.
    expect(at.sort((a, b) => a - b)[1]).toBeGreaterThanOrEqual(590)
    expect(at[1]).toBeLessThan(800)
  })

  it('that wait for their phase are not done once closed', async () => {
    let beats = 0
    const work = () => {
      beats += 1
    }
    const jobs = createJobs([{ name: 'heartbeat', schedule: EVERY_SECOND, work }], { phase: 0.9, log: keepLog().log })
    for (let ms = Date.now() % 1000; ms < 100 || ms > 300; ms = Date.now() % 1000) await sleep(20)
    const before = beats
    await jobs.close()
    await sleep(1_500)
    expect(beats).toBe(before)
  })
})

describe('the phase of a vehicle', () => {
  it('is its own and always the same; a fleet of 1,000 is spread evenly', () => {
    expect(phaseOf('city', 'bus-12')).toBe(phaseOf('city', 'bus-12'))
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 1000; n += 1) {
      const tenth = Math.floor(10 * phaseOf('city', `bus-${n}`))
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const share of tenths) expect(share).toBeGreaterThan(60)
  })
})
