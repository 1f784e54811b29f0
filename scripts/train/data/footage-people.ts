/** Whose eyes are in which recording, written down by looking at them, and which of five folds a person belongs to. */

/** `fold` 1..5: people of one fold are never trained on by the job that is tested on it. */
export type FootagePerson = { name: string; fold: 1 | 2 | 3 | 4 | 5; files: RegExp }

/** The three people with marked long closures are in three folds. Nobody is in two rows. */
export const FOOTAGE_PEOPLE: readonly FootagePerson[] = [
  { name: 'gray-shirt', fold: 1, files: /closures-phone/ },
  { name: 'expressions', fold: 1, files: /alert-expressions/ },
  { name: 'speaker-1', fold: 1, files: /alert-speaker-1/ },
  { name: 'beard', fold: 2, files: /closure-beard|looking-around-beard/ },
  { name: 'frown', fold: 2, files: /alert-frown/ },
  { name: 'speaker-2', fold: 2, files: /alert-speaker-2/ },
  { name: 'blinks-glasses', fold: 3, files: /blinks-glasses/ },
  { name: 'talking', fold: 3, files: /alert-talking/ },
  { name: 'speaker-3', fold: 3, files: /alert-speaker-3/ },
  { name: 'deliberate-blinks', fold: 4, files: /alert-glasses-deliberate-blinks/ },
  { name: 'hands', fold: 4, files: /alert-hands/ },
  { name: 'speaker-4', fold: 4, files: /alert-speaker-4/ },
  { name: 'blinks-phone', fold: 4, files: /blinks-phone/ },
  { name: 'eyeblink8-0', fold: 4, files: /clips\/video[01]\// },
  { name: 'glasses-expressions', fold: 5, files: /alert-glasses-expressions/ },
  { name: 'speaker-5', fold: 5, files: /alert-speaker-5/ },
  { name: 'blinks-12fps', fold: 5, files: /blinks-12fps/ },
  { name: 'eyeblink8-2', fold: 5, files: /clips\/video[23]\// },
  { name: 'eyeblink8-4', fold: 5, files: /driver-webcam|clips\/video4\// },
]

/** Not trained on by the held-out run, on which the footage figures of the model card stand first. */
export const FOOTAGE_TEST_PEOPLE: readonly string[] = ['gray-shirt', 'blinks-glasses', 'frown', 'deliberate-blinks', 'talking']

/** The person of a recording. Throws for a recording nobody was written down for: it could stand on both sides. */
export const footagePersonOf = (file: string): FootagePerson => {
  const found = FOOTAGE_PEOPLE.find(({ files }) => files.test(file))
  if (found === undefined) throw new Error(`${file}: nobody is written down for it in scripts/train/data/footage-people.ts`)
  return found
}
