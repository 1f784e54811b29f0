/** Whether everything that was safe in the outbox arrived outside. Pure. */

/** One message of the outbox: read in the box, or received outside. */
export type Numbered = { seq: number; id: string }

export type Account = {
  /** Different messages seen in the outbox's file, and different messages received. */
  seen: number
  arrived: number
  /** Seen in the outbox's file, and never received. */
  lost: Numbered[]
  /** Numbers below the highest received under which nothing came. */
  holes: number[]
  /** Numbers under which two different messages came, or messages that came under two numbers. */
  conflicts: number[]
  /** Messages that came more than once, each time the same. */
  doubles: number
}

/** A line of the witness inside; null where the power went in the middle of it. */
export const numberedOf = (line: string): Numbered | null => {
  const [, seq, id] = /^(\d+) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(line.trim()) ?? []
  return seq === undefined || id === undefined ? null : { seq: Number(seq), id }
}

/**
 * @param witnessed what was seen in the outbox, each as often as it was seen
 * @param received what came outside, each as often as it came
 */
export const accountOf = (witnessed: readonly Numbered[], received: readonly Numbered[]): Account => {
  const came = new Map<string, Set<number>>()
  const under = new Map<number, Set<string>>()
  for (const { seq, id } of received) {
    came.set(id, (came.get(id) ?? new Set()).add(seq))
    under.set(seq, (under.get(seq) ?? new Set()).add(id))
  }
  const safe = [...new Map(witnessed.map((each) => [each.id, each])).values()]
  const lost = safe.filter(({ id }) => !came.has(id))
  const highest = Math.max(0, ...under.keys())
  const holes = Array.from({ length: highest }, (_, n) => n + 1).filter((seq) => !under.has(seq))
  const renumbered = [...came.values()].filter((seqs) => seqs.size > 1).flatMap((seqs) => [...seqs])
  const shared = [...under].filter(([, ids]) => ids.size > 1).map(([seq]) => seq)
  const conflicts = [...new Set([...renumbered, ...shared])].sort((a, b) => a - b)
  return { seen: safe.length, arrived: came.size, lost, holes, conflicts, doubles: received.length - came.size }
}
