/** What a process has used, from the kernel (proc(5)). */
import { readFileSync } from 'node:fs'

// Linux's clock ticks a second, on every machine this runs on (sysconf(_SC_CLK_TCK)).
const TICKS = 100
const PAGE_BYTES = 4096

export type Used = { cpuSeconds: number; rssMb: number }

export const usedBy = (pid: number): Used => {
  // The name, in brackets, may hold spaces: what is counted stands behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, rssMb: (Number(fields[21]) * PAGE_BYTES) / 1e6 }
}
