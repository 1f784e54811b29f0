import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fullRangeAnchors, shortRangeAnchors } from '../../daemon/vision/locate/anchors.js'
import { createBlazeface } from '../../daemon/vision/locate/blazeface.js'
import { type Candidate, decode } from '../../daemon/vision/locate/decode.js'
import { overlap, suppress } from '../../daemon/vision/locate/nms.js'
import { encodeModel } from '../../scripts/onnx/model.js'

describe('anchors', () => {
  it('are 350 for short range at 80 px: two a cell of 8 px, then six a cell of 16 px', () => {
    const anchors = shortRangeAnchors(80)
    expect(anchors.length).toBe(2 * 350)
    for (const [at, place] of [4 / 80, 4 / 80, 4 / 80, 4 / 80, 12 / 80, 4 / 80].entries()) expect(anchors[at]).toBeCloseTo(place)
    for (const at of [2 * 200, 2 * 200 + 1]) expect(anchors[at]).toBeCloseTo(8 / 80)
    for (const at of [2 * 350 - 2, 2 * 350 - 1]) expect(anchors[at]).toBeCloseTo(72 / 80)
  })

  it('are 2304 for full range at 192 px: one a cell of 4 px', () => {
    const anchors = fullRangeAnchors(192)
    expect(anchors.length).toBe(2 * 2304)
    expect(anchors[0]).toBeCloseTo(2 / 192)
    expect(anchors.at(-1)).toBeCloseTo(190 / 192)
  })
})

describe('decoding', () => {
  const anchors = Float32Array.of(0.25, 0.25, 0.5, 0.75)

  it('places box and points relative to the anchor, in shares of the input', () => {
    const regressors = new Float32Array(32)
    // dx, dy, width, height, right eye, left eye.
    regressors.set([10, -20, 40, 50, -8, 4, 8, 4], 16)
    const [face, ...others] = decode(regressors, Float32Array.of(-9, 2), anchors, 100, 0.5)
    expect(others).toEqual([])
    expect(face?.score).toBeCloseTo(0.8808, 4)
    expect([face?.x, face?.y, face?.width, face?.height].map((value) => value?.toFixed(3))).toEqual(['0.600', '0.550', '0.400', '0.500'])
    expect([...(face?.points.slice(0, 6) ?? [])].map((value) => value.toFixed(2))).toEqual(['0.42', '0.79', '0.58', '0.79', '0.50', '0.75'])
  })

  it('keeps what reaches the score and nothing below', () => {
    const found = (minScore: number) => decode(new Float32Array(32), Float32Array.of(0, 0.2), anchors, 100, minScore).length
    expect(found(0.49)).toBe(2)
    expect(found(0.52)).toBe(1)
    expect(found(0.6)).toBe(0)
  })
})

describe('suppression', () => {
  const candidate = (x: number, score: number): Candidate => ({ x, y: 0.5, width: 0.2, height: 0.2, score, points: Float32Array.of(x) })

  it('merges candidates of one face into their mean by score, with the best score', () => {
    const [face, ...others] = suppress([candidate(0.52, 0.3), candidate(0.5, 0.9)])
    expect(others).toEqual([])
    expect(face?.score).toBe(0.9)
    expect(face?.x).toBeCloseTo(0.505, 4)
    expect(face?.points[0]).toBeCloseTo(0.505, 4)
  })

  it('keeps two faces apart, the surest first', () => {
    expect(suppress([candidate(0.2, 0.6), candidate(0.8, 0.7)]).map(({ x }) => x.toFixed(1))).toEqual(['0.8', '0.2'])
  })

  it('measures the overlap as shared over joint area', () => {
    expect(overlap(candidate(0.5, 1), candidate(0.6, 1))).toBeCloseTo(1 / 3)
    expect(overlap(candidate(0.1, 1), candidate(0.9, 1))).toBe(0)
  })
})

describe('a detector that cannot be loaded says so and names the cure', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kantukd-locate-'))

  it('when there is no file', async () => {
    await expect(createBlazeface(path.join(folder, 'none.onnx'), 'short', 1)).rejects.toMatchObject({
      code: 'locator-model-missing',
      message: expect.stringMatching(/none\.onnx.*scripts\/setup/),
    })
  })

  it('when the file is no model', async () => {
    const file = path.join(folder, 'garbage.onnx')
    writeFileSync(file, 'not a model')
    await expect(createBlazeface(file, 'short', 1)).rejects.toMatchObject({ code: 'locator-model-wrong' })
  })

  it('when the model is another one', async () => {
    const file = path.join(folder, 'other.onnx')
    const value = (name: string) => ({ name, dims: [1, 128, 128, 3] })
    const nodes = [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }]
    writeFileSync(file, encodeModel({ name: 'other', inputs: [value('x')], outputs: [value('y')], initializers: [], nodes }))
    await expect(createBlazeface(file, 'short', 1)).rejects.toMatchObject({
      code: 'locator-model-wrong',
      message: expect.stringMatching(/is not the short-range BlazeFace/),
    })
  })
})
