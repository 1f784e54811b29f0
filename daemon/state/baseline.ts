/** What is kept of the driver from one start to the next: how the open eyes look to the classifier. Numbers, no picture. */
import { z } from 'zod'

const openLevels = z.object({ left: z.number().min(0).max(1), right: z.number().min(0).max(1) })

/** As the judgement gives and takes it. */
export const baseline = z.object({ bare: openLevels, glasses: openLevels.nullable(), wears: z.enum(['bare', 'glasses']) })
export type SavedBaseline = z.infer<typeof baseline>
