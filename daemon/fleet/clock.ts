/**
 * The clocks of a vehicle, for payloads. Durations are taken on the monotonic one: it counts from the boot in every process
 * (CLOCK_MONOTONIC), so a frame's time from the vision process can be compared. The wall clock may jump; it only fills payloads.
 */
import { existsSync, readFileSync } from 'node:fs'
import { monotonicMs } from '../monotonic.js'

export interface Clock {
  /** ms since 1970. */
  wallMs(): number
  /** ms since the boot. */
  monotonicMs(): number
  /** Whether the wall clock is known to be right. */
  synced(): boolean
  /** Names the boot that monotonicMs counts from. */
  readonly bootId: string
}

// systemd-timesyncd(8): this file is there once the clock has been synchronised in this boot. A board that keeps time with another
// program (chrony) is told as "not known to be synchronised", the safe side.
const SYNCHRONISED = '/run/systemd/timesync/synchronized'
const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/** The machine's own clocks. Off Linux the boot has no name and is called "unknown". */
export const machineClock = (): Clock => ({
  wallMs: () => Date.now(),
  monotonicMs,
  synced: () => existsSync(SYNCHRONISED),
  bootId: existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : 'unknown',
})
