/** What was started is ended in reverse, also where starting failed half-way. */

export interface Closing {
  /** What is to be done on the way out; it must not reject. */
  add(step: () => void | Promise<void>): void
  /** Does it all, the newest first. @param between called after each step */
  run(between?: () => void): Promise<void>
}

export const createClosing = (): Closing => {
  const steps: (() => void | Promise<void>)[] = []
  return {
    add: (step) => void steps.push(step),
    async run(between = () => undefined) {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        await step()
        between()
      }
    },
  }
}
