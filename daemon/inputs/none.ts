import type { Input } from './types.js'

/** Nothing tells it: always unknown, and whoever asks acts as if the vehicle moved. */
export const createNoInput = (): Input<never> => ({ read: () => null, close: async () => undefined })
