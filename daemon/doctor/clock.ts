/** Whether the wall clock is right: events carry it. The judgement does not need it. */
import { machineClock } from '../fleet/clock.js'
import { askKernel } from '../fleet/synchronised.js'
import { type Check, fail, pass, warn } from './types.js'

// This program did not exist before: a clock that says so was never set (a Pi without a battery begins in 1970 or at its last stop).
const EARLIEST_MS = Date.UTC(2026, 0, 1)

export const clock: Check = async () => {
  const { synced, wallMs } = machineClock()
  const time = new Date(wallMs()).toISOString()
  if (wallMs() < EARLIEST_MS)
    return [fail('clock', 'clock-unset', `it is ${time}, says the clock`, 'let it be set over the network: sudo timedatectl set-ntp true')]
  if (synced() || (await askKernel()) === 'yes') return [pass('clock', `${time}, synchronised`)]
  return [
    warn(
      'clock',
      'clock-unsynchronised',
      `${time}, and not known to be synchronised: events say so, and are corrected once it is`,
      'sudo timedatectl set-ntp true, and let UDP port 123 through',
    ),
  ]
}
