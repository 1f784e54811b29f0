/** A target of the fuzzing: what takes input from outside. */
import type { Random } from '../../train/random.js'

// Own: the slowest, pictures, are through with as many in a second or two.
const LOOK_EVERY = 50

/** The time is over in the middle of a batch, which a later call does again from its start. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver'
  readonly code = 'time-over'
}

/** Looks at each 50th input whether there is time for more. @throws TimeOver */
export const checkTime = (n: number, mayGoOn: () => boolean): void => {
  if (n % LOOK_EVERY === 0 && !mayGoOn()) throw new TimeOver('the time is over')
}

/**
 * Takes so many inputs, all drawn from `random`, while it may go on (TimeOver otherwise). @returns how many of them passed as right
 * Throws where something else than a refusal came of one; the input is in the message.
 */
export type Target = (random: Random, inputs: number, mayGoOn: () => boolean) => Promise<number>

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
