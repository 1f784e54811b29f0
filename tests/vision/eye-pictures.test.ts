import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { opencv } from '../../daemon/vision/opencv.js'
import { readEyePatch } from '../../daemon/vision/pictures.js'

const folder = mkdtempSync(join(tmpdir(), 'eyes-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the picture of one eye', () => {
  const cv = opencv()
  // Gray, with a white rim of three pixels: as rims of glasses lie at the border of a wide cut.
  const file = join(folder, 'rimmed.png')
  const rimmed = new cv.Mat(100, 100, cv.CV_8UC1, 255)
  const gray = new cv.Mat(94, 94, cv.CV_8UC1, 90)
  gray.copyTo(rimmed.getRegion(new cv.Rect(3, 3, 94, 94)))
  cv.imwrite(file, rimmed)
  const brightest = (patch: { data: Uint8Array }): number => Math.max(...patch.data)

  it('is judged without what lies at its border, where it is cut wide', () => {
    const patch = readEyePatch(file, 64)
    expect(patch).toMatchObject({ width: 64, height: 64 })
    expect(patch.data).toHaveLength(64 * 64)
    expect(brightest(patch)).toBe(90)
  })

  it('is judged whole where it is cut closely', () => {
    expect(brightest(readEyePatch(file, 64, 'close'))).toBeGreaterThan(200)
  })

  it('loses nothing of its middle, however small', () => {
    const small = join(folder, 'small.png')
    const dot = new cv.Mat(9, 9, cv.CV_8UC1, 20)
    dot.set(4, 4, 220)
    cv.imwrite(small, dot)
    const { data } = readEyePatch(small, 64)
    const at = data.indexOf(Math.max(...data))
    expect(Math.abs((at % 64) - 31.5)).toBeLessThan(5)
    expect(Math.abs(Math.floor(at / 64) - 31.5)).toBeLessThan(5)
  })
})
