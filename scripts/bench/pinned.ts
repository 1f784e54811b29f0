/** Programs of ours on one core alone: the last, which the system loads least. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'

// util-linux
const TASKSET = '/usr/bin/taskset'

export const CORE = cpus().length - 1
export const isPinned = existsSync(TASKSET)

/** Starts a program on that core, or anywhere where there is no taskset. */
export const spawnPinned = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
  isPinned ? spawn(TASKSET, ['-c', String(CORE), program, ...args], options) : spawn(program, [...args], options)
