/** What the kernel says of a process: its memory and the processor time it has used. */
import { readdirSync, readFileSync } from 'node:fs'

const kilobytes = (text: string, key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN)

/** Resident memory, MB: `rss` counts a page that two processes share in both, `pss` half of it in each. */
export type Memory = { rssMb: number; pssMb: number; anonymousMb: number }

export const memoryOf = (pid: number): Memory => {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const mb = (key: string): number => Number((kilobytes(text, key) / 1024).toFixed(1))
  return { rssMb: mb('Rss'), pssMb: mb('Pss'), anonymousMb: mb('Anonymous') }
}

// Source: proc(5); the kernel's ABI has 100 ticks a second on every Linux that Node runs on.
const TICK_MS = 10

/** Processor time of all threads since the process began, ms. */
export const cpuMsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in brackets, may hold blanks: fields are counted from behind it; utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Milliseconds of processor time of this process since `before`: what a pinned core would take if nobody else wanted it. */
export const cpuMsSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The processes whose parent is `pid`. */
export const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
