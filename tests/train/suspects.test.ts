import { describe, expect, it } from 'vitest'
import { closedEye, openEye } from '../../daemon/vision/classify/drawn.js'
import type { Crop, Mrl } from '../../scripts/train/data/mrl.js'
import { narrowOpenRows } from '../../scripts/train/evaluate/narrow.js'
import { disagreements, nearDuplicates } from '../../scripts/train/evaluate/suspects.js'
import { seeded } from '../../scripts/train/random.js'
import { FOLDS } from '../../scripts/train/split.js'

const crop = (subject: string, closed: boolean, path = ''): Crop => ({
  path,
  subject,
  female: false,
  glasses: false,
  closed,
  reflections: 0,
  goodLight: true,
  sensor: '01',
  width: 64,
})

const setOf = (crops: Crop[], patches: Uint8Array[]): Mrl => ({ side: 64, crops, train: Buffer.alloc(0), test: Buffer.concat(patches) })

/** The same picture a moment later: each pixel a gray level or two off. */
const noisy = (patch: Uint8Array, seed: number): Uint8Array => {
  const random = seeded(seed)
  return patch.map((level) => Math.max(0, Math.min(255, Math.round(level + 1.5 * random.normal()))))
}

describe('doubtful labels', () => {
  it('are those that a model which never saw the person is sure are wrong', () => {
    const found = disagreements([
      { row: 3, closed: true, probability: 0.01, visible: 0.9 },
      { row: 4, closed: true, probability: 0.2, visible: 0.9 },
      { row: 5, closed: false, probability: 0.995, visible: 0.9 },
      { row: 6, closed: false, probability: 0.01, visible: 0.9 },
    ])
    expect(found).toEqual([
      { row: 3, why: 'labelled closed, judged open with 0.990' },
      { row: 5, why: 'labelled open, judged closed with 0.995' },
    ])
  })

  it('are not those in which no eye was seen', () => {
    expect(disagreements([{ row: 3, closed: true, probability: 0.01, visible: 0.4 }])).toEqual([])
  })
})

describe('near-duplicates', () => {
  const eye = openEye().data

  it('are later pictures of one person that differ by noise alone, named with the first', () => {
    const mrl = setOf([crop('a', false, 'a/1'), crop('a', true, 'a/2'), crop('a', false, 'a/3')], [eye, noisy(eye, 1), openEye(6).data])
    expect(nearDuplicates(mrl)).toEqual([{ row: 1, why: 'same as a/1, which has the other label' }])
  })

  it('are looked for within a person only', () => {
    expect(nearDuplicates(setOf([crop('a', false), crop('b', false)], [eye, eye]))).toEqual([])
  })
})

describe('narrow open eyes', () => {
  it('are the open ones that look most like shut ones', () => {
    const people = FOLDS.map(([first = '']) => first)
    // Of each person four shut eyes, four open ones, and one labelled open whose lids all but meet.
    const each = (subject: string) => [
      ...[2, 4, 6, 8].map((droop) => ({ crop: crop(subject, true), patch: closedEye(droop).data })),
      ...[-6, -2, 2, 6].map((gaze) => ({ crop: crop(subject, false), patch: openEye(gaze).data })),
      { crop: crop(subject, false, 'narrow'), patch: closedEye(3).data },
    ]
    const all = people.flatMap(each)
    const mrl = setOf(
      all.map((one) => one.crop),
      all.map(({ patch }, at) => noisy(patch, at)),
    )
    const narrow = [...narrowOpenRows(mrl)].map((row) => mrl.crops[row]?.path)
    expect(narrow).toEqual(people.map(() => 'narrow'))
  })
})
