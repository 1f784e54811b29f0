/** A target of the fuzzing: what takes input from outside. */
import type { Random } from '../../train/random.js'

/**
 * Takes so many inputs, all drawn from `random`. @returns how many of them passed as right
 * Throws where something else than a refusal came of one; the input is in the message.
 */
export type Target = (random: Random, inputs: number) => Promise<number>

/** What went wrong, with the input that did it. */
export class FuzzFault extends Error {
  override readonly name = 'FuzzFault'
  readonly code = 'fuzz-fault'
}

/** Tries one input. @returns what `take` gives */
export const trying = async <T>(input: string, take: () => T | Promise<T>): Promise<T> => {
  try {
    return await take()
  } catch (cause) {
    throw new FuzzFault(`${cause instanceof Error ? cause.message : cause}\n  on ${JSON.stringify(input).slice(0, 4000)}`, { cause })
  }
}
