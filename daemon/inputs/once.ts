/** A fault that stays is told once; told again when it comes back after it was gone, or is another. */

export interface Teller {
  fault(message: string): void
  /** All is well again. */
  well(): void
}

/** @param tell what to do with a fault that is news; @param again with one that is not */
export const createTeller = (tell: (message: string) => void, again: (message: string) => void): Teller => {
  let told: string | null = null
  return {
    fault(message) {
      if (message === told) again(message)
      else tell(message)
      told = message
    },
    well() {
      told = null
    },
  }
}
