/** What every classifier must do. A new runtime's test file calls this and adds nothing but its name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closedEye, drawnPatches, flat, openEye, SIDE, stripes } from '../../daemon/vision/classify/drawn.js'
import { ClassifierError, createClassifier } from '../../daemon/vision/classify/index.js'
import type { Classifier, ClassifierKind } from '../../daemon/vision/classify/types.js'

export type Runtime = {
  kind: ClassifierKind
  /** The shipped model in this runtime's form. */
  model: string
  /** Name of a file that is no model in this runtime's eyes. */
  fileName: string
}

/** The error of a promise that must fail with a ClassifierError. */
export const faultOf = async (promise: Promise<unknown>): Promise<ClassifierError> => {
  const fault: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(fault instanceof ClassifierError)) throw new Error(`expected a ClassifierError, got ${String(fault)}`)
  return fault
}

export const contract = ({ kind, model, fileName }: Runtime): void => {
  describe(`the ${kind} classifier`, () => {
    let classifier: Classifier
    const folder = mkdtempSync(join(tmpdir(), 'classify-'))
    beforeAll(async () => {
      classifier = await createClassifier({ kind, model })
    })
    afterAll(async () => {
      await classifier.close()
      rmSync(folder, { recursive: true })
    })

    it('says its name and the size of patch it takes', () => {
      expect(classifier.name).toBe(kind)
      expect(classifier.inputSize).toBe(SIDE)
    })

    it('tells drawn open eyes from drawn closed ones', async () => {
      const [left, right, shut] = await classifier.classify([openEye(), openEye(-5), closedEye()])
      expect(left?.closed).toBeLessThan(0.5)
      expect(right?.closed).toBeLessThan(0.5)
      expect(shut?.closed).toBeGreaterThan(0.5)
    })

    it('gives a state in 0..1 for each patch, even for patches without an eye', async () => {
      const states = await classifier.classify(drawnPatches())
      expect(states).toHaveLength(drawnPatches().length)
      for (const { closed, visible } of states) {
        expect(closed).toBeGreaterThanOrEqual(0)
        expect(closed).toBeLessThanOrEqual(1)
        expect(visible).toBeGreaterThanOrEqual(0)
        expect(visible).toBeLessThanOrEqual(1)
      }
    })

    it('answers the same for a patch alone and in company, in the order given', async () => {
      const patches = drawnPatches()
      const together = await classifier.classify(patches)
      for (const [index, patch] of patches.entries()) {
        const [alone] = await classifier.classify([patch])
        expect(alone?.closed).toBeCloseTo(together[index]?.closed ?? Number.NaN, 4)
      }
    })

    it('answers the same in half the light', async () => {
      const dim = { ...openEye(), data: openEye().data.map((level) => level / 2) }
      const [bright, dark] = await classifier.classify([openEye(), dim])
      expect(dark?.closed).toBeCloseTo(bright?.closed ?? Number.NaN, 1)
    })

    it('sees drawn eyes, open and shut, and no eye where there is none', async () => {
      const [open, shut, even, striped] = await classifier.classify([openEye(), closedEye(), flat(90), stripes()])
      expect(open?.visible).toBeGreaterThan(0.5)
      expect(shut?.visible).toBeGreaterThan(0.5)
      expect(even?.visible).toBeLessThan(0.5)
      expect(striped?.visible).toBeLessThan(0.5)
    })

    it('gives no states for no patches', async () => {
      expect(await classifier.classify([])).toEqual([])
    })

    it('refuses a patch of another size and says which', async () => {
      const small = { width: 32, height: 32, data: new Uint8Array(32 * 32) }
      const fault = await faultOf(classifier.classify([flat(0), small]))
      expect(fault.code).toBe('patch-size')
      expect(fault.message).toMatch(/patch 1 is 32×32/)
    })

    it('refuses a patch whose bytes do not fill it', async () => {
      const torn = { width: SIDE, height: SIDE, data: new Uint8Array(7) }
      expect((await faultOf(classifier.classify([torn]))).code).toBe('patch-size')
    })

    it('says that a model file is missing, and where it looked', async () => {
      const missing = join(folder, 'nowhere', fileName)
      const fault = await faultOf(createClassifier({ kind, model: missing }))
      expect(fault.code).toBe('model-missing')
      expect(fault.message).toContain(missing)
    })

    it('says in one line that a text file is no model', async () => {
      const text = join(folder, fileName)
      writeFileSync(text, 'thresholds:\n  closed: 0.5\n')
      const fault = await faultOf(createClassifier({ kind, model: text }))
      expect(fault.code).toBe('model-invalid')
      expect(fault.message).toContain(text)
      expect(fault.message).not.toContain('\n')
    })

    it('says that an empty file is no model', async () => {
      const empty = join(folder, fileName)
      writeFileSync(empty, '')
      expect((await faultOf(createClassifier({ kind, model: empty }))).code).toBe('model-invalid')
    })
  })
}
