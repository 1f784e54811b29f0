/** The command line of a program in scripts/: counts are whole numbers in a range; anything else is refused before a thing is begun. */

/** A count that cannot be one. */
export class CountError extends Error {
  override readonly name = 'CountError'
  readonly code = 'count'
}

/**
 * @param option as it is typed, such as --faults
 * @throws CountError unless the text is a whole number from min to max
 */
export const count = (option: string, text: string, min: number, max: number): number => {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max))
    throw new CountError(`${option} must be a whole number from ${min} to ${max}, not ${text || 'empty'}`)
  return value
}

/** What `read` makes of the command line; where it throws, its word and the usage line are printed, and the program ends with exit code 2. */
export const argumentsOr = <T>(usage: string, read: () => T): T => {
  try {
    return read()
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n${usage.trimEnd()}\n`)
    process.exit(2)
  }
}
