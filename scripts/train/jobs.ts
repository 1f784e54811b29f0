/** What can be trained: one entry a model, each a run of its own that resumes where it stopped. */
import { type Course, EVERYBODY, FIRST, STUDY, WITHOUT_CEW } from './course.js'
import { FOOTAGE_PEOPLE, FOOTAGE_TEST_PEOPLE } from './data/footage-people.js'
import { type Architecture, EYE_STATE } from './network.js'
import { FOLDS, studyTestRows, TEST_PEOPLE, VALIDATION_PEOPLE } from './split.js'

type Crop = { subject: string; closed: boolean }
export type Part = 'train' | 'validation' | 'test' | 'unused'

export type Job = {
  name: string
  /** One line for people: what it is trained for. */
  what: string
  /** The part of every MRL crop. */
  partsOf(crops: readonly Crop[]): Part[]
  /** People of the recordings who are not trained on. */
  footageTest: readonly string[]
  cew: boolean
  /** One after another. */
  courses: readonly Course[]
  /** Where it starts from: the ImageNet weights, the end of the held-out run, or random numbers. */
  from: 'imagenet' | 'held-out' | 'chance'
  architecture: Architecture
}

const byPerson = (test: readonly string[], validation: readonly string[]) => (crops: readonly Crop[]) =>
  crops.map(({ subject }): Part => (test.includes(subject) ? 'test' : validation.includes(subject) ? 'validation' : 'train'))

const FULL = { cew: true, courses: [FIRST], from: 'imagenet', architecture: EYE_STATE } as const

const folds = FOLDS.map(
  (people, at): Job => ({
    ...FULL,
    name: `fold-${at + 1}`,
    what: `never sees ${people.join(' ')}, nor the recordings' people of fold ${at + 1}`,
    partsOf: byPerson(people, []),
    footageTest: FOOTAGE_PEOPLE.flatMap(({ name, fold }) => (fold === at + 1 ? [name] : [])),
  }),
)

export const JOBS: readonly Job[] = [
  {
    ...FULL,
    name: 'held-out',
    what: `never sees CEW, nor ${TEST_PEOPLE.join(' ')}; stopped and calibrated by ${VALIDATION_PEOPLE.join(' ')}`,
    partsOf: byPerson(TEST_PEOPLE, VALIDATION_PEOPLE),
    footageTest: FOOTAGE_TEST_PEOPLE,
    cew: false,
    courses: [FIRST, WITHOUT_CEW],
  },
  {
    name: 'shipped',
    what: 'goes on from held-out with everybody: the model of the daemon',
    partsOf: (crops) => crops.map(() => 'train'),
    footageTest: [],
    cew: true,
    courses: [EVERYBODY],
    from: 'held-out',
    architecture: EYE_STATE,
  },
  ...folds,
  {
    ...FULL,
    name: 'study',
    what: "the study's split: 2,135 + 2,135 images at random to test, the rest to train",
    partsOf: (crops) => {
      const test = studyTestRows(crops)
      return crops.map((_, row) => (test.has(row) ? 'test' : 'train'))
    },
    courses: [STUDY],
    footageTest: [],
    cew: false,
  },
]

/** The job of that name. Throws when there is none, naming those there are. */
export const jobOf = (name: string): Job => {
  const job = JOBS.find((each) => each.name === name)
  if (job === undefined) throw new Error(`there is no job "${name}"; there are ${JOBS.map((each) => each.name).join(', ')}`)
  return job
}
