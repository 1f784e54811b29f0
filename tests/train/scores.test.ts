import { describe, expect, it } from 'vitest'
import type { Mark } from '../../scripts/marks.js'
import { awakeFigures, closureFigures, type Moment } from '../../scripts/train/evaluate/footage.js'
import { pictureOf } from '../../scripts/train/evaluate/report.js'
import { roc } from '../../scripts/train/evaluate/roc.js'
import {
  accuracy,
  balancedAccuracy,
  calibrationError,
  confusion,
  crossEntropy,
  fitTemperature,
  type Judged,
  precision,
  recall,
  sigmoid,
} from '../../scripts/train/evaluate/scores.js'
import { sliceTable } from '../../scripts/train/evaluate/tables.js'

const judged: Judged[] = [
  { closed: true, probability: 0.9, visible: 1 },
  { closed: true, probability: 0.5, visible: 0.5 },
  { closed: true, probability: 0.2, visible: 1 },
  { closed: false, probability: 0.1, visible: 1 },
]

describe('figures', () => {
  it('count what was judged as what; one half is closed', () => {
    expect(confusion(judged)).toEqual({
      closedAsClosed: 2,
      closedAsOpen: 1,
      closedAsUnseen: 0,
      openAsOpen: 1,
      openAsClosed: 0,
      openAsUnseen: 0,
    })
    expect(accuracy(judged)).toBe(0.75)
    expect(balancedAccuracy(judged)).toBeCloseTo((2 / 3 + 1) / 2)
  })

  it('take an eye called unseen for wrong, whatever else was said of it', () => {
    const unseen = judged.map((each) => ({ ...each, visible: 0.49 }))
    expect(accuracy(unseen)).toBe(0)
    expect(confusion(unseen)).toMatchObject({ closedAsUnseen: 3, openAsUnseen: 1, closedAsClosed: 0, openAsOpen: 0 })
  })

  it('tell how many called closed are, and how many closed are found', () => {
    const more = [...judged, { closed: false, probability: 0.7, visible: 1 }]
    expect(precision(more)).toBeCloseTo(2 / 3)
    expect(recall(more)).toBeCloseTo(2 / 3)
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
      calibrationError(closed.map((is, at) => ({ closed: is, probability: sigmoid((logits[at] ?? 0) / temperature), visible: 1 })))
    expect(error(1)).toBeGreaterThan(0.05)
    expect(error(2)).toBeLessThan(0.02)
  })
})

describe('the curve', () => {
  it('has area 1 where an order parts closed from open, and half of it where nothing does', () => {
    const apart = roc(judged.map((each) => ({ ...each, probability: each.closed ? 0.8 : 0.3 })))
    expect(apart.area).toBe(1)
    expect(apart.best).toMatchObject({ threshold: 0.8, truePositiveRate: 1, falsePositiveRate: 0 })
    expect(roc(judged.map((each) => ({ ...each, probability: 0.5 }))).area).toBe(0.5)
  })

  it('is refused for eyes of one kind', () => {
    expect(() => roc(judged.slice(0, 2))).toThrow(/closed and open/)
  })

  it('is drawn beside the matrix, every count in its field', () => {
    const svg = pictureOf('a < b', judged)
    expect(svg).toContain('a &lt; b')
    expect(svg.match(/<rect /g)).toHaveLength(8)
    expect(svg).toContain('<polyline')
    expect(svg).toContain('66.67 %')
    expect(pictureOf('closed alone', judged.slice(0, 2))).not.toContain('<polyline')
  })
})

describe('awake and closed moments of a recording', () => {
  const marks: Mark[] = [{ file: 'a.mp4', startSeconds: 2, endSeconds: 3, label: 'closed' }]
  const moments = (closed: (seconds: number) => boolean): Moment[] =>
    Array.from({ length: 100 }, (_, at) => ({ seconds: at / 10, seen: true, closed: closed(at / 10) }))

  it('are counted in the middle of marks alone', () => {
    const all = closureFigures(
      moments(() => true),
      marks,
    )
    expect(all.frames).toBeGreaterThanOrEqual(7)
    expect(all.frames).toBeLessThanOrEqual(9)
    expect(all.closed).toBe(all.frames)
  })

  it('make a false closure of a run above half a second, not of a blink, and not within a mark, whatever it says', () => {
    expect(
      awakeFigures(
        moments((s) => s > 5 && s < 5.35),
        marks,
      ).falseSeconds,
    ).toBe(0)
    expect(
      awakeFigures(
        moments((s) => s > 5 && s < 6.05),
        marks,
      ).falseSeconds,
    ).toBeCloseTo(1, 1)
    expect(
      awakeFigures(
        moments((s) => s >= 2 && s <= 3),
        marks.map((mark) => ({ ...mark, label: 'looking_down' })),
      ).falseSeconds,
    ).toBe(0)
  })

  it('leave the marked time out of the seconds', () => {
    const { seconds } = awakeFigures(
      moments(() => false),
      marks,
    )
    expect(seconds).toBeCloseTo(9.9 - 1.2, 0)
  })
})
