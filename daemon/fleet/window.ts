/** How many messages may be under way on a line at once: a broker of MQTT 5 may set a limit, and hangs up on who passes it (MQTT 5, 3.2.2.3.3). */

export interface Window {
  /** The broker's word; until then, the protocol's own limit. */
  limit(most: number): void
  /** Begins now, or as soon as others have left; in the order of asking, urgent ones first, and some places are for these alone. */
  enter(begin: () => void, isUrgent: boolean): void
  /** One that had begun is answered. */
  leave(): void
}

// MQTT 5, 3.2.2.3.3: what holds where the broker sets none.
const UNLIMITED = 65_535

// Own: a place in four, as the sender has it, up to its four.
const urgentPlacesOf = (most: number): number => Math.min(4, Math.floor(most / 4))

/** Open, and nothing under way. */
export const createWindow = (): Window => {
  const urgent: (() => void)[] = []
  const others: (() => void)[] = []
  let most = UNLIMITED
  let underWay = 0
  const next = (): void => {
    if (underWay >= most) return
    const begin = urgent.shift() ?? (underWay < most - urgentPlacesOf(most) ? others.shift() : undefined)
    if (begin === undefined) return
    underWay += 1
    begin()
    next()
  }
  return {
    limit: (value) => {
      most = value
    },
    enter: (begin, isUrgent) => {
      const queue = isUrgent ? urgent : others
      queue.push(begin)
      next()
    },
    leave: () => {
      underWay -= 1
      next()
    },
  }
}
