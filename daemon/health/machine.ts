/** What the machine says of itself: the processor's temperature, and the memory of our processes. */
import { readFileSync } from 'node:fs'

const BYTES_IN_MB = 1024 * 1024
const PAGE_BYTES = 4096

// The first thermal zone is the processor's on Raspberry Pi and Jetson.
const THERMAL = '/sys/class/thermal/thermal_zone0/temp'

/** A small text file of the kernel's, or null where this machine has none. */
function readKernel(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (fault) {
    // Absent on this board, or the process has just died: both mean "not known", which the caller leaves out.
    if (fault instanceof Error && 'code' in fault) return null
    throw fault
  }
}

/** Degrees Celsius, or null where the board does not tell. */
export function temperatureCelsius(): number | null {
  const milli = Number(readKernel(THERMAL) ?? Number.NaN)
  return Number.isFinite(milli) ? Math.round(milli / 100) / 10 : null
}

/** Resident memory in MB of this process and of `otherPid`, where it lives. */
export function memoryMb(otherPid: number | null): number {
  const pages = otherPid === null ? 0 : Number(readKernel(`/proc/${otherPid}/statm`)?.split(' ')[1] ?? 0)
  return Math.round((process.memoryUsage.rss() + pages * PAGE_BYTES) / BYTES_IN_MB)
}
