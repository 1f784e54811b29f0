/** A program that plays for long must come to an end by itself. */

/** Its exit code when it did not: nothing was found, and nothing was cleared. */
export const DEADLINE_EXIT = 3

/** Ends the program after so many seconds, with a word and this exit code, and what ends with it. @returns how to take it back */
export const endAfter = (seconds: number, word: () => string): (() => void) => {
  const timer = setTimeout(() => {
    process.stderr.write(`Not done within ${seconds} s: ${word()}\n`)
    process.exit(DEADLINE_EXIT)
  }, seconds * 1000)
  return () => clearTimeout(timer)
}
