/** Where training reads and writes. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** The data sets: KANTUK_DATA, or shared/data beside the checkout. */
export const dataFolder = (): string => process.env.KANTUK_DATA ?? join(CHECKOUT, '..', 'shared', 'data')

/** Decoded crops and runs; never committed. */
export const CACHE = join(CHECKOUT, '.cache', 'train')

/** What is shipped. */
export const SHIPPED_ONNX = join(CHECKOUT, 'models', 'eye-state.onnx')
export const SHIPPED_TFJS = join(CHECKOUT, 'models', 'eye-state-tfjs')

/** Models that figures come from, and the figures. */
export const EVALUATION = join(CHECKOUT, 'models', 'evaluation')
export const MODEL_CARD = join(CHECKOUT, 'models', 'MODEL_CARD.md')

/** What a job writes. All but the shipped one are kept for `npm run evaluate` alone: the daemon never loads them. */
export const jobOnnx = (job: string): string => (job === 'shipped' ? SHIPPED_ONNX : join(EVALUATION, `eye-state-${job}.onnx`))
