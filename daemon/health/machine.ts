/** What the machine says of itself: the processor's temperature, its power, and the memory of our processes. */
import { readdirSync, readFileSync } from 'node:fs'

const BYTES_IN_MB = 1024 * 1024
const PAGE_BYTES = 4096

/** A small text file of the kernel's, or null where this machine has none. */
function readKernel(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (fault) {
    // Absent on this board, or the process has just died: both mean "not known", which the caller leaves out.
    if (fault instanceof Error && 'code' in fault) return null
    throw fault
  }
}

/** Degrees Celsius, or null where the board does not tell. The first thermal zone is the processor's on Raspberry Pi and Jetson. */
export function temperatureCelsius(sys = '/sys'): number | null {
  const milli = Number(readKernel(`${sys}/class/thermal/thermal_zone0/temp`) ?? Number.NaN)
  return Number.isFinite(milli) ? Math.round(milli / 100) / 10 : null
}

/** Null: this board does not tell. */
export type Power = { undervoltage: boolean | null; throttled: boolean | null }

// Bits of the firmware's word. Source: Raspberry Pi documentation, vcgencmd get_throttled.
const UNDERVOLTAGE = 0x1
const FREQUENCY_CAPPED = 0x2
const THROTTLED = 0x4

/** The firmware's word as the kernel of a Pi passes it on; null where it does not. */
export function kernelWord(sys = '/sys'): number | null {
  const word = Number.parseInt(readKernel(`${sys}/devices/platform/soc/soc:firmware/get_throttled`) ?? '', 16)
  return Number.isFinite(word) ? word : null
}

/** By the firmware's word, or where that is null by the monitor of the supply. */
export function power(word: number | null, sys = '/sys'): Power {
  if (word !== null) {
    return { undervoltage: (word & UNDERVOLTAGE) !== 0, throttled: (word & (FREQUENCY_CAPPED | THROTTLED)) !== 0 }
  }
  const monitors = `${sys}/class/hwmon`
  const supply = namesIn(monitors).find((name) => readKernel(`${monitors}/${name}/name`) === 'rpi_volt')
  const alarm = supply === undefined ? null : readKernel(`${monitors}/${supply}/in0_lcrit_alarm`)
  return { undervoltage: alarm === null ? null : alarm === '1', throttled: null }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault) return []
    throw fault
  }
}

/** Resident memory in MB of this process and of `otherPid`, where it lives. */
export function memoryMb(otherPid: number | null): number {
  const pages = otherPid === null ? 0 : Number(readKernel(`/proc/${otherPid}/statm`)?.split(' ')[1] ?? 0)
  return Math.round((process.memoryUsage.rss() + pages * PAGE_BYTES) / BYTES_IN_MB)
}
