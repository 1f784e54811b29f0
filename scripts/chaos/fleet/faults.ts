/** What happens to a vehicle's link and disk on the road, one by one. Each brings back what it broke. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '../../lab/broker.js'
import { fillDisk } from '../../lab/full-disk.js'
import type { Road } from '../../lab/road.js'
import type { Counter } from './counter.js'
import type { Vehicle } from './lorry.js'

export type Stage = { broker: Broker; counter: Counter; vehicle: Vehicle; road: Road; diskFolder: string; diskBytes: number }

/** A fault of so many ms, more or less. */
export type Fault = (stage: Stage, ms: number) => Promise<void>

export const faults: Readonly<Record<string, Fault>> = {
  'vehicle killed (SIGKILL)': async ({ vehicle }, ms) => {
    await vehicle.kill()
    await sleep(ms / 4)
    await vehicle.start()
  },
  'broker killed (SIGKILL) and restarted': async ({ broker, counter, road }, ms) => {
    await broker.kill()
    // Without a subscriber the broker acknowledges and forgets: that would be the test's loss, not the vehicle's.
    road.allow(false)
    await sleep(ms / 2)
    await broker.start()
    await counter.subscribe()
    road.allow(true)
  },
  'connection cut': async ({ road }) => road.cut(),
  'no network': async ({ road }, ms) => {
    road.allow(false)
    road.cut()
    await sleep(ms)
    road.allow(true)
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
