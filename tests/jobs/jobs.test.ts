import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createJobs } from '../../daemon/jobs/index.js'

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
    const jobs = createJobs([{ name: 'heartbeat', schedule: EVERY_SECOND, work }, other], log)
    for (let waited = 0; beats < 2 && waited < 4_000; waited += 20) await sleep(20)
    expect(beats).toBe(2)
    expect(others).toBeGreaterThanOrEqual(1)
    expect(errors).toEqual(['The heartbeat failed: no thermometer'])
    await jobs.close()
    await sleep(1_200)
    expect(beats).toBe(2)
  }, 10_000)

  it.each(['', 'often', '61 * * * * *', '* * * * * * *'])('refuse %j as a schedule, and say which and why', (schedule) => {
    const make = () => createJobs([{ name: 'heartbeat', schedule, work: () => {} }], keepLog().log)
    expect(make).toThrow(expect.objectContaining({ code: 'cron', message: expect.stringContaining(`schedule of heartbeat "${schedule}"`) }))
  })
})
