import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closedEye, openEye, SIDE } from '../../daemon/vision/classify/drawn.js'
import { opencv } from '../../daemon/vision/opencv.js'
import { judgeLabelled, readLabelled } from '../../scripts/train/evaluate/labelled.js'
import { seeded } from '../../scripts/train/random.js'
import { spoil } from '../../scripts/train/spoil.js'
import { ONNX_MODEL } from '../classify/models.js'

const folder = mkdtempSync(join(tmpdir(), 'labelled-'))
afterAll(() => rmSync(folder, { recursive: true }))

const draw = (name: string, data: Uint8Array): void => {
  const cv = opencv()
  cv.imwrite(join(folder, name), new cv.Mat(Buffer.from(data), SIDE, SIDE, cv.CV_8UC1))
}

for (const label of ['open', 'closed', 'none']) mkdirSync(join(folder, label))
draw('open/one.png', openEye().data)
draw('open/two.png', openEye(-5).data)
draw('closed/one.png', closedEye().data)
draw('none/flat.png', new Uint8Array(SIDE * SIDE).fill(120))
writeFileSync(join(folder, 'open', 'notes.txt'), 'no picture')

describe("labelled pictures of one's own", () => {
  it("in a folder are called by the folder's name, and judged as classify does", async () => {
    const labelled = readLabelled(folder)
    expect(labelled.map(({ label }) => label)).toEqual(['closed', 'open', 'open', 'none'])
    const { eyes, none } = await judgeLabelled(ONNX_MODEL, labelled)
    expect(eyes.map(({ closed, probability }) => closed === probability > 0.5)).toEqual([true, true, true])
    expect(none).toEqual({ patches: 1, visible: 0 })
  })

  it('in a manifest are called by its column label, or open', () => {
    const manifest = join(folder, 'a.csv')
    writeFileSync(manifest, 'path,label\nopen/one.png,open\nnone/flat.png,none\n')
    expect(readLabelled(manifest)).toEqual([
      { file: join(folder, 'open/one.png'), label: 'open' },
      { file: join(folder, 'none/flat.png'), label: 'none' },
    ])
    writeFileSync(manifest, 'path,subject,open\nopen/one.png,x,1\nclosed/one.png,x,0\n')
    expect(readLabelled(manifest).map(({ label }) => label)).toEqual(['open', 'closed'])
  })

  it('with a word that is no label are refused with file and line', () => {
    const manifest = join(folder, 'b.csv')
    writeFileSync(manifest, 'path,label\nopen/one.png,open\nopen/two.png,half\n')
    expect(() => readLabelled(manifest)).toThrow(/b\.csv:3: label "half"/)
  })

  it('that are not there are refused with what a folder must hold', () => {
    expect(() => readLabelled(join(folder, 'nowhere'))).toThrow(/does not exist/)
    expect(() => readLabelled(join(folder, 'open'))).toThrow(/must hold closed\/ and open\//)
  })
})

describe('spoiling an eye', () => {
  it('leaves nothing of its middle, in whatever way', () => {
    const source = openEye().data
    const middle = (pixels: Uint8Array): number[] =>
      Array.from({ length: 16 * 16 }, (_, at) => pixels[(24 + Math.floor(at / 16)) * SIDE + 24 + (at % 16)] ?? 0)
    const likeness = (a: number[], b: number[]): number => {
      const mean = (v: number[]) => v.reduce((sum, value) => sum + value, 0) / v.length
      const [ma, mb] = [mean(a), mean(b)]
      const dot = a.reduce((sum, value, at) => sum + (value - ma) * ((b[at] ?? 0) - mb), 0)
      const norm = (v: number[], m: number) => Math.sqrt(v.reduce((sum, value) => sum + (value - m) ** 2, 0))
      return dot / (norm(a, ma) * norm(b, mb) + 1e-9)
    }
    let alike = 0
    let contrast = 0
    for (let seed = 0; seed < 200; seed++) {
      const spoiled = middle(spoil(source, SIDE, seeded(seed)))
      const spread = Math.max(...spoiled) - Math.min(...spoiled)
      // What is left of the eye may be as faint as a sixteenth of its contrast behind a lens.
      if (likeness(middle(source), spoiled) > 0.7 && spread > 40) alike++
      if (spread > 40) contrast++
    }
    expect(alike).toBeLessThan(10)
    expect(contrast).toBeGreaterThan(10)
  })
})
