/** Who is trained on and who is not. By person, fixed: neighbouring video frames of one person never stand on both sides. */

/** Never seen in training or early stopping: both sexes, with and without glasses, all three sensors. */
export const TEST_PEOPLE: readonly string[] = ['s0002', 's0014', 's0016', 's0018', 's0022', 's0031', 's0033']

/** Early stopping and the temperature are measured on these. */
export const VALIDATION_PEOPLE: readonly string[] = ['s0013', 's0027', 's0035']

/** `held-out`: train on the 20 others, for an honest figure. `shipped`: train on the 27 who are not for validation. */
export type Split = 'held-out' | 'shipped'

export type Part = 'train' | 'validation' | 'test'

/** The part a person belongs to in a split. */
export const partOf = (subject: string, split: Split): Part => {
  if (VALIDATION_PEOPLE.includes(subject)) return 'validation'
  return split === 'held-out' && TEST_PEOPLE.includes(subject) ? 'test' : 'train'
}

/** Rows of one part, in the order of the crops. */
export const rowsOf = (crops: readonly { subject: string }[], part: Part, split: Split): number[] =>
  crops.flatMap((crop, row) => (partOf(crop.subject, split) === part ? [row] : []))
