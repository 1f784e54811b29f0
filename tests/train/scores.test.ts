import { describe, expect, it } from 'vitest'
import {
  accuracy,
  balancedAccuracy,
  calibrationError,
  confusion,
  crossEntropy,
  fitTemperature,
  type Judged,
  sigmoid,
} from '../../scripts/train/scores.js'
import { sliceTable } from '../../scripts/train/tables.js'

const judged: Judged[] = [
  { closed: true, probability: 0.9 },
  { closed: true, probability: 0.5 },
  { closed: true, probability: 0.2 },
  { closed: false, probability: 0.1 },
]

describe('figures', () => {
  it('count what was judged as what; one half is closed', () => {
    expect(confusion(judged)).toEqual({ closedAsClosed: 2, closedAsOpen: 1, openAsOpen: 1, openAsClosed: 0 })
    expect(accuracy(judged)).toBe(0.75)
    expect(balancedAccuracy(judged)).toBeCloseTo((2 / 3 + 1) / 2)
  })

  it('leave a class that is not there out of the balance', () => {
    expect(balancedAccuracy(judged.slice(0, 2))).toBe(1)
  })

  it('call a guess of one half a loss of ln 2, and a sure error dear but finite', () => {
    expect(crossEntropy(Float32Array.of(0), [true], 1)).toBeCloseTo(Math.LN2)
    expect(crossEntropy(Float32Array.of(-800), [true], 1)).toBeCloseTo(800)
  })

  it('print a slice without one class with a dash', () => {
    expect(sliceTable('person', [{ name: 'x', judged: judged.slice(0, 2) }])).toContain('| x | 2 | 100.00 % | 100.00 % | – |')
  })
})

describe('calibration', () => {
  // Labels drawn so that sigmoid(logit / 2) is the true share of closed: logits are twice too sure.
  const logits = Float32Array.from({ length: 8000 }, (_, at) => ((at % 80) - 39.5) / 8)
  const closed = [...logits].map((logit, at) => Math.floor(at / 80) / 100 < sigmoid(logit / 2))

  it('finds the temperature that takes over-confidence out', () => {
    expect(fitTemperature(logits, closed)).toBeGreaterThan(1.9)
    expect(fitTemperature(logits, closed)).toBeLessThan(2.1)
  })

  it('shows as a smaller calibration error', () => {
    const error = (temperature: number) =>
      calibrationError(closed.map((is, at) => ({ closed: is, probability: sigmoid((logits[at] ?? 0) / temperature) })))
    expect(error(1)).toBeGreaterThan(0.05)
    expect(error(2)).toBeLessThan(0.02)
  })
})
