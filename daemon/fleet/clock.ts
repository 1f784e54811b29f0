/**
 * The clocks of a vehicle, for payloads. Durations are taken on the monotonic one: it counts from the boot in every process
 * (CLOCK_MONOTONIC), so a frame's time from the vision process can be compared. The wall clock may jump; it only fills payloads.
 */
import { existsSync, readFileSync } from 'node:fs'
import { monotonicMs } from '../monotonic.js'
import { fileSaysSo } from './synchronised.js'

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

const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/**
 * The machine's own clocks. Off Linux the boot has no name and is called "unknown".
 * @param synced whether the wall clock is known to be right; default: what systemd-timesyncd says
 */
export const machineClock = (synced: () => boolean = () => fileSaysSo()): Clock => ({
  wallMs: () => Date.now(),
  monotonicMs,
  synced,
  bootId: existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : 'unknown',
})
