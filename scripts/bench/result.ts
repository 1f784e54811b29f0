/** What the benchmark found. */
import { z } from 'zod'
import type { Growth, Running } from './memory.js'

const spread = z.object({ median: z.number(), p95: z.number() })

/** What the pinned process prints. */
export const measured = z.object({
  frames: z.number(),
  eyeFrames: z.number(),
  frameMs: z.number(),
  referenceMs: z.number(),
  cpu: z.object({ frameMs: z.number(), referenceMs: z.number() }),
  framesPerSecond: z.number(),
  stages: z.record(z.string(), spread),
})

/** What `--json` prints. Milliseconds are medians by the clock, `cpu` of processor time; `running` and `growth` are null when left out. */
export type Result = z.infer<typeof measured> & { recording: string; machine: string; running: Running | null; growth: Growth | null }
