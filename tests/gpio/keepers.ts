/** The keepers of a process's lines, and what they may be sent. */
import { readFileSync } from 'node:fs'

/** Every signal that a program can refuse; signal(7). Not SIGKILL and SIGSTOP, nor 32 and 33, which are the C library's. */
export const CATCHABLE: readonly number[] = Array.from({ length: 64 }, (_, index) => index + 1).filter(
  (signal) => ![9, 19, 32, 33].includes(signal),
)

/** All that a process has started. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

export const keepersOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('kantukd-keeper'))
