/** What a process has done since its birth, as the kernel counts it. */
import { readFileSync } from 'node:fs'

// proc(5), /proc/PID/stat, counted from 1; the fields after the program's name, which may hold spaces.
const FIRST_AFTER_NAME = 3
const PAGES_READ = 12
const USER_TICKS = 14
const KERNEL_TICKS = 15

/** @returns ticks of the processor (1/100 s) and pages read from the disk, together; null where the kernel does not tell */
export function workOf(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const [pages, user, kernel] = [PAGES_READ, USER_TICKS, KERNEL_TICKS].map((field) => Number(fields[field - FIRST_AFTER_NAME]))
    const done = (pages ?? Number.NaN) + (user ?? Number.NaN) + (kernel ?? Number.NaN)
    return Number.isNaN(done) ? null : done
  } catch {
    // It is gone, or this is no Linux: nothing is known of its work.
    return null
  }
}
