/** Who is trained on and who is not. By person, fixed: neighbouring video frames of one person never stand on both sides. */
import { seeded, shuffle } from './random.js'

/** Not seen by the held-out run: both sexes, with and without glasses, all three sensors. */
export const TEST_PEOPLE: readonly string[] = ['s0002', 's0014', 's0016', 's0018', 's0022', 's0031', 's0033']

/** Watched by the held-out run, which stops by them; its temperature, and the shipped model's, come from them. */
export const VALIDATION_PEOPLE: readonly string[] = ['s0013', 's0027', 's0035']

/** All 30 people in five folds of about the same size, glasses and sensors spread; s0036 and s0037, who look alike, are in one. */
export const FOLDS: readonly (readonly string[])[] = [
  ['s0003', 's0004', 's0010', 's0022', 's0036', 's0037'],
  ['s0002', 's0009', 's0014', 's0018', 's0025', 's0033'],
  ['s0006', 's0007', 's0012', 's0013', 's0023', 's0031'],
  ['s0005', 's0008', 's0019', 's0027', 's0030', 's0032'],
  ['s0011', 's0016', 's0020', 's0028', 's0029', 's0035'],
]

/** Crops of each class that the study tested on; it trained on the rest. */
export const STUDY_TEST_PER_CLASS = 2135
// Own: any seed would do.
const STUDY_SEED = 2135

/** Rows of the study's kind of test: drawn over images, whoever they show. */
export const studyTestRows = (crops: readonly { closed: boolean }[]): Set<number> => {
  const random = seeded(STUDY_SEED)
  const drawn = [true, false].map((closed) => {
    const rows = crops.flatMap((crop, row) => (crop.closed === closed ? [row] : []))
    shuffle(rows, random)
    return rows.slice(0, STUDY_TEST_PER_CLASS)
  })
  return new Set(drawn.flat())
}
