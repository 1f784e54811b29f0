/** How far a figure over a window can be trusted. */
import { ONE_EYE_CONFIDENCE } from '../policy.js'
import type { Measures } from '../signs/measures.js'

// Own: what one eye alone showed for half of the time is one eye's word.
const MOSTLY_ONE_EYE = 0.5

/** @param most what the rule gives at best. @returns 0..1: no more than was seen, and than one eye may give where one alone was seen */
export const windowConfidence = (most: number, { coverage, oneEyeShare }: Measures): number =>
  Math.min(most, coverage, oneEyeShare > MOSTLY_ONE_EYE ? ONE_EYE_CONFIDENCE : 1)
