/** The keepers of a process's lines, and what they may be sent. */
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

const { SIGCHLD } = constants.signals

/** Every signal that a program can refuse; signal(7). Not SIGKILL and SIGSTOP, nor 32 and 33, which are the C library's. */
export const CATCHABLE: readonly number[] = Array.from({ length: 64 }, (_, index) => index + 1).filter(
  (signal) => ![9, 19, 32, 33].includes(signal),
)

/** All that a process has started. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

export const keepersOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('kantukd-keeper'))

/** Whether a keeper has begun to refuse signals: a shell needs some milliseconds until then, on a busy machine some hundred. */
export const isDeaf = (keeper: number): boolean => {
  const ignored = BigInt(`0x${/^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${keeper}/status`, 'utf8'))?.[1] ?? '0'}`)
  return CATCHABLE.every((signal) => signal === SIGCHLD || (ignored & (1n << BigInt(signal - 1))) !== 0n)
}
