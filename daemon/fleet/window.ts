/** How many messages may be under way on a line at once: a broker of MQTT 5 may set a limit, and hangs up on who passes it (MQTT 5, 3.2.2.3.3). */

export interface Window {
  /** The broker's word; until then, the protocol's own limit. */
  limit(most: number): void
  /** Begins now, or as soon as others have left; in the order of asking. */
  enter(begin: () => void): void
  /** One that had begun is answered. */
  leave(): void
}

// MQTT 5, 3.2.2.3.3: what holds where the broker sets none.
const UNLIMITED = 65_535

/** Open, and nothing under way. */
export const createWindow = (): Window => {
  const queue: (() => void)[] = []
  let most = UNLIMITED
  let underWay = 0
  const next = (): void => {
    if (underWay >= most) return
    const begin = queue.shift()
    if (begin === undefined) return
    underWay += 1
    begin()
    next()
  }
  return {
    limit: (value) => {
      most = value
    },
    enter: (begin) => {
      queue.push(begin)
      next()
    },
    leave: () => {
      underWay -= 1
      next()
    },
  }
}
