/** Picks where verdicts are kept: on disk where there is a file, else in memory. */
import { openDiskVerdicts } from './disk.js'
import { createMemoryVerdicts } from './memory.js'
import type { Verdicts } from './types.js'

/** @param file null: there is no state folder */
export const openVerdicts = (file: string | null, warn: (message: string) => void): Verdicts =>
  file === null ? createMemoryVerdicts() : openDiskVerdicts(file, warn)

export type { Verdicts } from './types.js'
