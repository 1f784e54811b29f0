/** What is kept of the driver from one start to the next: how the open eyes look to the classifier. Numbers, no picture. */
import { z } from 'zod'
import { createStateFile, type StateFile } from './state-file.js'

const openLevels = z.object({ left: z.number().min(0).max(1), right: z.number().min(0).max(1) })

/** As the judgement gives and takes it. */
export const baseline = z.object({ bare: openLevels, glasses: openLevels.nullable(), wears: z.enum(['bare', 'glasses']) })
export type SavedBaseline = z.infer<typeof baseline>

// A baseline changes when a driver is calibrated or puts glasses on: more often would wear the memory card for nothing.
const EVERY_MS = 60_000

/** @param file where it is kept. @param warn told what is wrong with the file, once for each change */
export const createBaselineFile = (file: string, warn: (message: string) => void): StateFile<SavedBaseline> =>
  createStateFile({
    file,
    schema: baseline,
    name: "The driver's baseline",
    otherwise: 'the driver is measured anew',
    everyMs: EVERY_MS,
    warn,
  })
