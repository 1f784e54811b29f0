/** What happens to a vehicle's link and disk on the road, one by one. Each brings back what it broke. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '../../lab/broker.js'
import { fillDisk } from '../../lab/full-disk.js'
import type { Road } from '../../lab/road.js'
import type { Random } from '../../train/random.js'
import type { Counter } from './counter.js'
import type { Vehicle } from './lorry.js'

export type Stage = {
  broker: Broker
  counter: Counter
  vehicle: Vehicle
  road: Road
  /** Closes the road to new lines. @returns how to open it again, where nobody else has closed it */
  close: () => () => void
  diskFolder: string
  diskBytes: number
}

/** Two faults at once may both close a road; it is open again after both. */
export const closing = (road: Pick<Road, 'allow'>): Stage['close'] => {
  let closed = 0
  return () => {
    closed += 1
    road.allow(false)
    return () => {
      closed -= 1
      if (closed === 0) road.allow(true)
    }
  }
}

/** A fault of so many ms, more or less. */
export type Fault = (stage: Stage, ms: number) => Promise<void>

// Own: seldom enough that each is seen alone, too.
const TWO_AT_ONCE = 0.25

export const faults: Readonly<Record<string, Fault>> = {
  'vehicle killed (SIGKILL)': async ({ vehicle }, ms) => {
    await vehicle.kill()
    await sleep(ms / 4)
    await vehicle.start()
  },
  'broker killed (SIGKILL) and restarted': async ({ broker, counter, close }, ms) => {
    await broker.kill()
    // Without a subscriber the broker acknowledges and forgets: that would be the test's loss, not the vehicle's.
    const open = close()
    await sleep(ms / 2)
    await broker.start()
    await counter.subscribe()
    open()
  },
  'connection cut': async ({ road }) => road.cut(),
  'no network': async ({ road, close }, ms) => {
    const open = close()
    road.cut()
    await sleep(ms)
    open()
  },
  'half-open connection': async ({ road }, ms) => {
    road.freeze()
    await sleep(ms)
    road.cut()
  },
  'slow broker': async ({ road }, ms) => {
    road.delay(150)
    await sleep(ms)
    road.delay(0)
  },
  'disk full': async ({ diskFolder, diskBytes }, ms) => {
    const makeRoom = fillDisk(diskFolder, diskBytes)
    await sleep(ms)
    makeRoom()
  },
  'clock jumps': async ({ vehicle }, ms) => {
    vehicle.order('synced false')
    vehicle.order(`jump ${ms % 2 < 1 ? -1e9 : 1e9}`)
    await sleep(ms / 4)
    vehicle.order('synced true')
  },
}

/** What comes next: one fault, and now and then another one at the same time. */
export const drawFaults = (nth: number, random: Random): string[] => {
  const names = Object.keys(faults)
  // Each kind in turn at first, so that a short run has seen them all.
  const first = names[nth] ?? names[random.below(names.length)] ?? ''
  if (nth < names.length || !random.chance(TWO_AT_ONCE)) return [first]
  const others = names.filter((name) => name !== first)
  return [first, others[random.below(others.length)] ?? first]
}
