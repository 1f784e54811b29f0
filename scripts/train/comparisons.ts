/** Networks that are trained only to be compared: each by the same short budget, on the held-out run's people. */
import { FIRST } from './course.js'
import { type Job, jobOf } from './jobs.js'
import { type Architecture, EYE_STATE, PUBLISHED } from './network.js'

// Own. Short: two shared cores had to train fifteen of them in an hour, so that the accuracies only rank the networks.
export const COMPARISON_EPOCHS = 2

/** `what`: in the table's words. */
export type Comparison = { name: string; what: string; architecture: Architecture; from: 'imagenet' | 'chance' }

const WIDTHS = [0.35, 0.5, 1]
const SIDES = [64, 48, 96]

// ImageNet weights are at hand for widths 0.35 and 1; the grid can only be compared from chance.
const grid = WIDTHS.flatMap((width) =>
  SIDES.map(
    (side): Comparison => ({
      name: `mobilenet-${width}-${side}`,
      what: `MobileNetV2 α ${width}, ${side} px`,
      architecture: { ...PUBLISHED, width, side },
      from: 'chance',
    }),
  ),
)

/** In the order in which they are trained: what says most first. */
export const COMPARISONS: readonly Comparison[] = [
  { name: 'even', what: 'MobileNetV2 α 0.5, 64 px, none under 16 channels (shipped)', architecture: EYE_STATE, from: 'imagenet' },
  { name: 'transfer', what: 'MobileNetV2 α 0.35, 64 px', architecture: PUBLISHED, from: 'imagenet' },
  ...grid.slice(0, 1),
  {
    name: 'standard-convolutions',
    what: 'the same with standard convolutions',
    architecture: { ...PUBLISHED, kind: 'standard-convolutions' },
    from: 'chance',
  },
  { name: 'vgg-like', what: 'VGG-like, 16 channels at first', architecture: { ...PUBLISHED, kind: 'vgg-like', width: 16 }, from: 'chance' },
  {
    name: 'three-channels',
    what: 'MobileNetV2 α 0.35, 64 px, three channels',
    architecture: { ...PUBLISHED, channels: 3 },
    from: 'imagenet',
  },
  {
    name: 'wide-transfer',
    what: "MobileNetV2 α 1, 64 px, GluonCV's weights",
    architecture: { ...PUBLISHED, kind: 'expanding-mobilenet-v2', width: 1 },
    from: 'imagenet',
  },
  ...grid.slice(1),
]

const jobFor = ({ name, what, architecture, from }: Comparison): Job => ({
  ...jobOf('held-out'),
  name,
  what: `to compare: ${what}`,
  courses: [{ ...FIRST, epochs: COMPARISON_EPOCHS, headSteps: from === 'imagenet' ? 20 : 0, warmSteps: 20 }],
  architecture,
  from,
})

/** A job of jobs.ts, or one to compare. Throws when there is neither. */
export const anyJobOf = (name: string): Job => {
  const comparison = COMPARISONS.find((each) => each.name === name)
  return comparison === undefined ? jobOf(name) : jobFor(comparison)
}
