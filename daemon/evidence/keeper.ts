/** Which pictures belong to which alarm: those just before, and those until a while after its last rise. Pure: time is that of the pictures. */
import type { Kept } from './record.js'

/** What is known of an alarm when it is raised; `id` is that of its incident. */
export type Raised = Pick<Kept, 'id' | 'rule' | 'level' | 'at' | 'clockSynced'> & { atMs: number }

type Shot = { atMs: number; jpeg: Buffer }
export type Seen = Omit<Kept, 'simulated'>

export interface Keeper {
  /** A picture came. @returns the records that are complete with its time */
  saw(shot: Shot): Seen[]
  /** An alarm was raised, or has risen. */
  raised(alarm: Raised): void
  /** Time goes on, also where no picture comes. @returns the records that nothing more will come for */
  passed(nowMs: number): Seen[]
  /** No more will come, and what was seen before is forgotten. @returns the records that were under way */
  stop(): Seen[]
}

// Own: an alarm that rises and rises has a few seconds of each rise; a record stays one that can be looked through.
const LONGEST_MS = 30_000
// Own: a picture comes after the observation of its frame, within this.
const LATE_MS = 1000

type Running = { alarm: Raised; untilMs: number; shots: Shot[] }

const recordOf = ({ alarm: { atMs: zeroMs, ...about }, shots }: Running): Seen => ({
  ...about,
  pictures: shots.map(({ atMs, jpeg }) => ({ atMs: atMs - zeroMs, jpeg })),
})

/** Several alarms at a time have a record each. One without any picture is none. */
export function createKeeper({ beforeMs, afterMs }: { beforeMs: number; afterMs: number }): Keeper {
  let before: Shot[] = []
  const running = new Map<string, Running>()

  function take(isOver: (each: Running) => boolean): Seen[] {
    const over = [...running.values()].filter(isOver)
    for (const { alarm } of over) running.delete(alarm.id)
    return over.filter(({ shots }) => shots.length > 0).map(recordOf)
  }

  return {
    saw(shot) {
      const done = take(({ untilMs }) => shot.atMs > untilMs)
      for (const { shots } of running.values()) shots.push(shot)
      before = [...before.filter(({ atMs }) => atMs >= shot.atMs - beforeMs), shot]
      return done
    },
    raised(alarm) {
      const untilMs = alarm.atMs + afterMs
      const known = running.get(alarm.id)
      if (known === undefined) {
        // The picture of the very frame may have come before its alarm, or is still to come.
        const shots = before.filter(({ atMs }) => atMs >= alarm.atMs - beforeMs)
        running.set(alarm.id, { alarm, untilMs, shots })
        return
      }
      known.alarm = { ...known.alarm, level: Math.max(known.alarm.level, alarm.level) }
      known.untilMs = Math.max(known.untilMs, Math.min(untilMs, known.alarm.atMs + LONGEST_MS))
    },
    passed: (nowMs) => take(({ untilMs }) => nowMs > untilMs + LATE_MS),
    stop() {
      before = []
      return take(() => true)
    },
  }
}
