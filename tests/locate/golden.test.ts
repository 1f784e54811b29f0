/** A detector proves itself when it is loaded: its bytes by their sum, its numbers by drawn squares. */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { matFrame } from '../../daemon/vision/frame.js'
import { createBlazeface, openBlazeface } from '../../daemon/vision/locate/blazeface.js'
import { drawnSquares } from '../../daemon/vision/locate/drawn.js'
import { type DetectorGolden, goldenOf } from '../../daemon/vision/locate/golden.js'
import { goldenFile, shippedModels } from '../../daemon/vision/models.js'
import { opencv } from '../../daemon/vision/opencv.js'

const kinds = ['short', 'full'] as const
const shipped = (kind: (typeof kinds)[number]) => path.join(shippedModels(), `blazeface-${kind}-gray.onnx`)
const goldenText = (kind: (typeof kinds)[number]) => readFileSync(goldenFile(shipped(kind)), 'utf8')

/** A copy of the short-range detector in a folder of its own, with or without golden samples. */
function copyOf(golden: string | null): string {
  const model = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-detector-')), 'blazeface-short-gray.onnx')
  copyFileSync(shipped('short'), model)
  if (golden !== null) writeFileSync(goldenFile(model), golden)
  return model
}
const changed = (change: (golden: DetectorGolden) => void): string => {
  const golden: DetectorGolden = JSON.parse(goldenText('short'))
  change(golden)
  return JSON.stringify(golden)
}
const load = async (model: string) => (await createBlazeface(model, 'short', 1)).close()

describe.each(kinds)('the shipped %s-range detector', (kind) => {
  it('gives the golden samples that lie beside it', async () => {
    const network = await openBlazeface(shipped(kind), kind, 1)
    const { squares }: DetectorGolden = JSON.parse(goldenText(kind))
    const given = await goldenOf(network, shipped(kind))
    await network.close()
    for (const [at, answers] of squares.entries())
      for (const [place, { score }] of answers.entries()) expect(given.squares[at]?.[place]?.score).toBeCloseTo(score, 3)
  })

  it('finds both drawn faces where they were drawn, and none in the headrest', async () => {
    const cv = opencv()
    const detector = await createBlazeface(shipped(kind), kind, 1)
    const found = []
    const side = kind === 'short' ? 80 : 192
    for (const tones of drawnSquares(side)) {
      const gray = Buffer.from(Uint8Array.from(tones, (tone) => Math.round((tone + 1) * 127.5)))
      const frame = matFrame(new cv.Mat(gray, side, side, cv.CV_8UC1), 0)
      const [face] = await detector.detect(frame, { center: [side / 2, side / 2], size: side, roll: 0 }, 0.5)
      frame.release()
      found.push(face === undefined ? null : face.center.map((px) => (px / side).toFixed(1)))
    }
    await detector.close()
    expect(found).toEqual([['0.5', expect.stringMatching(/0\.[56]/)], [expect.stringMatching(/0\.[67]/), '0.5'], null])
  })
})

describe('a detector', () => {
  it('of which one byte is another is refused as damaged', async () => {
    const model = copyOf(goldenText('short'))
    const bytes = readFileSync(model)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(model, bytes)
    await expect(load(model)).rejects.toMatchObject({ code: 'locator-model-damaged', message: expect.stringContaining(model) })
  })

  it.each([0.0011, -0.0011])('that is off by %f at one point of the face is refused', async (by) => {
    const golden = changed(({ squares }) => squares[1]?.[2]?.values.splice(7, 1, (squares[1]?.[2]?.values[7] ?? 0) + by))
    await expect(load(copyOf(golden))).rejects.toMatchObject({ code: 'locator-model-unproven' })
  })

  it('that is as sure as it was within 0.001 is taken, and no farther off', async () => {
    const surer = (by: number) =>
      changed(({ squares }) => {
        const answer = squares[0]?.[0]
        if (answer !== undefined) answer.score += by
      })
    await load(copyOf(surer(0.0009)))
    await expect(load(copyOf(surer(0.0011)))).rejects.toMatchObject({ code: 'locator-model-unproven' })
  })

  it('whose golden samples are fewer squares than are drawn is not proven', async () => {
    await expect(load(copyOf(changed(({ squares }) => squares.pop())))).rejects.toMatchObject({ code: 'locator-model-unproven' })
  })

  it.each(['', '{"sha256":"ab"}'])('whose golden samples are damaged is refused: %j', async (golden) => {
    await expect(load(copyOf(golden))).rejects.toMatchObject({ code: 'locator-model-damaged' })
  })

  it('of one’s own, in a folder without golden samples, is taken as it is', async () => {
    await load(copyOf(null))
  })
})
