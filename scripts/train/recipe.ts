/** The numbers of a training run. Their hash is written into the model. */
import { createHash } from 'node:crypto'
import { AUGMENTATION, MILD } from './augment.js'
import { EYE_STATE } from './network.js'

export const RECIPE = {
  seed: 20180,
  batch: 128,
  /** Passes over the MRL crops from the ImageNet weights on. */
  epochs: 5,
  foldEpochs: 5,
  studyEpochs: 10,
  /** Passes that go on from the held-out run with everybody added. */
  shippedEpochs: 3,
  /** Steps in which only the new head learns. */
  headSteps: 40,
  warmSteps: 80,
  learningRate: 1.5e-3,
  shippedLearningRate: 1e-3,
  /** Share of a job's steps, its last, with milder disturbances (MILD in augment.ts). */
  mildShare: 0.4,
  /** The study's test people are known from training: what cameras give is what it is tested on. */
  studyMildShare: 1,
  /** Shares of the draws, by source and label; see pools.ts. */
  shares: {
    mrl: { closed: 0.33, open: 0.33 },
    cew: { closed: 0.05, open: 0.05 },
    footage: { closed: 0.05, open: 0.07, none: 0.1 },
    spoiled: { none: 0.1 },
  },
  visibleWeight: 0.5,
  weightDecay: 0.02,
  averageDecay: 0.995,
  statisticsDecay: 0.98,
  labelSmoothing: 0.04,
  dropoutRate: 0.2,
  /** Epochs without a better validation loss after which a run with validation people is given up. */
  patience: 7,
} as const

/** Short hash of everything that shapes the result but the code. */
export const recipeHash = (): string =>
  createHash('sha256').update(JSON.stringify({ RECIPE, AUGMENTATION, MILD, EYE_STATE })).digest('hex').slice(0, 16)
