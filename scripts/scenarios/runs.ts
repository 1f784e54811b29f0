/** The runs that every story must stand: three rates, each clean and rough. */
import type { Drive } from './drive.js'

const RATES = [5, 15, 30] as const

export const runs: readonly Drive[] = [false, true].flatMap((rough) => RATES.map((fps) => ({ fps, rough, seed: rough ? 2 : 1 })))

/** `15 fps`, `15 fps, rough`. */
export const runName = ({ fps, rough }: Drive): string => `${fps} fps${rough ? ', rough' : ''}`
