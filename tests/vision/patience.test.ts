/** How long a vision process that starts may give no sign: it is not known beforehand how slow a machine is, and is learned. */
import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createPatience, type Patience } from '../../daemon/vision/patience.js'
import { workOf } from '../../daemon/vision/work.js'

const patient = () => createPatience({ startSilenceMs: 3000, startMs: 15_000 })
const STEP_MS = 100

/** When a start that begins now is given up, ms after it began, and why. @param working work at that time; nothing unless told */
function givenUp(patience: Patience, working: (ms: number) => number | null = () => 0): { ms: number; why: string } {
  patience.begin(50_000)
  for (let ms = 0; ms < 60_000; ms += STEP_MS) {
    const why = patience.fault(50_000 + ms, working(ms))
    if (why !== null) return { ms, why }
  }
  throw new Error('it is never given up')
}

/** A start that said something at these times, ms after it began, and sees at the last. */
function sees(patience: Patience, ...saidMs: number[]): void {
  patience.begin(0)
  for (const ms of saidMs) patience.said(ms)
  patience.sees()
}

describe('a start without a sign', () => {
  it('is given 3 s, then twice as long each time, at most 15 s', () => {
    const patience = patient()
    expect([1, 2, 3, 4].map(() => givenUp(patience).ms)).toEqual([3000, 6000, 12_000, 15_000])
  })

  it('is over until the next begins, and lengthens that only once', () => {
    const patience = patient()
    givenUp(patience)
    expect(patience.fault(53_200, 100)).toBe('the vision process gave no sign for 3.0 s while starting its program')
    expect(givenUp(patience).ms).toBe(6000)
  })

  it('says what it was about to do', () => {
    const patience = patient()
    patience.begin(0)
    patience.said(1000, 'opening the camera')
    patience.said(2000)
    expect(patience.fault(4999, 0)).toBeNull()
    expect(patience.fault(5000, 0)).toBe('the vision process gave no sign for 3.0 s while opening the camera')
  })

  it('is not blamed for the time in which whoever asks was asleep', () => {
    const patience = patient()
    patience.begin(0)
    patience.overslept(14_000)
    expect(patience.fault(16_900, 0)).toBeNull()
    expect(patience.fault(17_000, 0)).toContain('3.0 s')
  })
})

describe('a start that works', () => {
  it.each(['little, on a machine with no time for it', 'much'])('is waited for until a whole start is over: %s', (amount) => {
    const each = amount === 'much' ? 20 : 0.2
    expect(givenUp(patient(), (ms) => (ms / STEP_MS) * each)).toEqual({
      ms: 15_000,
      why: 'the vision process did not get ready within 15 s',
    })
  })

  it('no more than a process that waits is one that hangs', () => expect(givenUp(patient(), (ms) => ms / 1000).ms).toBe(3000))
  it('is not known to where the kernel does not tell', () => expect(givenUp(patient(), () => null).ms).toBe(3000))
  it('and then hangs is given up by then', () => expect(givenUp(patient(), (ms) => Math.min(ms, 2000) / STEP_MS).ms).toBe(5000))
})

describe('a machine', () => {
  it('that saw after a long silence is given twice that silence from then on', () => {
    const patience = patient()
    sees(patience, 300, 2800, 3000)
    expect(givenUp(patience).ms).toBe(5000)
  })

  it('that needs little is given the least again, whatever a camera that hung had cost', () => {
    const patience = patient()
    givenUp(patience)
    givenUp(patience)
    sees(patience, 300, 1000)
    expect(givenUp(patience).ms).toBe(3000)
  })
})

describe('work', () => {
  it('is counted of a process that has some, and not of one that waits', async () => {
    const { pid } = process
    const before = workOf(pid) ?? Number.NaN
    for (const endMs = performance.now() + 300; performance.now() < endMs; );
    expect(workOf(pid)).toBeGreaterThan(before)
    const waiting = spawn('sleep', ['30'])
    const [first, later] = [workOf(waiting.pid), await new Promise((resolve) => setTimeout(() => resolve(workOf(waiting.pid)), 300))]
    waiting.kill('SIGKILL')
    expect(first).not.toBeNull()
    expect(later).toBeLessThan((first ?? 0) + 5)
  })

  it('of a process that is gone is not known', () => expect(workOf(2 ** 30)).toBeNull())
})
