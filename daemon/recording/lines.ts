/**
 * The lines of a recording, one JSON object each: first what judged, then observations, and between them what the vehicle told when it changed.
 * Written by `run --record`, read by `replay`; numbers only, no picture.
 */
import { z } from 'zod'
import type { Inputs } from '../judgement/rule.js'
import { baseline } from '../state/baseline.js'

/** Rises when a line changes its meaning. */
export const RECORDING_SCHEMA = 1

/** First line of a file: all that the verdicts depend on beside the lines that follow. */
export const recordingHead = z.object({
  type: z.literal('recording'),
  schema: z.literal(RECORDING_SCHEMA),
  /** Version of the program. */
  program: z.string(),
  /** Version of the policy that judged. */
  policy: z.string(),
  /** The configuration's section `judgement`. */
  settings: z.record(z.string(), z.json()),
  /** The baseline that the judgement began with; in a later part, the one that it had by then. */
  baseline: baseline.nullable(),
  /** A long run has several files, counted from 1. */
  part: z.number().int().positive(),
})
export type RecordingHead = z.infer<typeof recordingHead>

/** What the vehicle told, from the observation that follows on; `acknowledged` holds for that observation alone. */
export const inputsLine = z.object({
  type: z.literal('inputs'),
  speedKmh: z.number().nonnegative().nullable(),
  acknowledged: z.boolean().default(false),
})

/** @returns the line for what changed, or null where nothing did */
export const inputsChange = (before: Inputs, now: Inputs): z.input<typeof inputsLine> | null =>
  before.speedKmh === now.speedKmh && !now.acknowledged
    ? null
    : { type: 'inputs', speedKmh: now.speedKmh, ...(now.acknowledged ? { acknowledged: true } : {}) }
