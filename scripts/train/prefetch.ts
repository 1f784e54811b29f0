/** Has batches made in a process beside, so that TensorFlow need not wait for them. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Batch } from './batches.js'

// Own: one is being used, two lie ready.
const AHEAD = 3

/** What the process is told at its start. `crops`: how many of MRL's the job trains on. */
export type BatchWorkerData = { job: string; data: string; cache: string; seed: number; crops: number }

export interface Prefetch {
  /** The batch of this number; numbers are asked for one after another, from `first` on. */
  next(): Promise<Batch>
  close(): Promise<void>
}

/** A process, not a thread: OpenCV's binding, by which pictures are decoded, cannot be loaded by a second thread. */
const start = (told: BatchWorkerData): ChildProcess =>
  fork(fileURLToPath(new URL('./batch-worker.ts', import.meta.url)), [JSON.stringify(told)], {
    // What reads TypeScript.
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })

/** Starts the process. `next` throws what went wrong in it. */
export const prefetch = (told: BatchWorkerData, first: number): Prefetch => {
  const worker = start(told)
  const ready: Batch[] = []
  let waiting: { take: (batch: Batch) => void; fail: (fault: Error) => void } | null = null
  let fault: Error | null = null
  let asked = first
  const failed = (thrown: Error): void => {
    fault ??= thrown
    waiting?.fail(fault)
  }
  worker.on('message', (batch: Batch) => {
    if (waiting === null) ready.push(batch)
    else {
      waiting.take(batch)
      waiting = null
    }
  })
  worker.on('error', failed)
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code, signal) => {
      failed(new Error(`the process that makes batches for ${told.job} ended (${signal ?? code}); what it said stands above`))
      resolve()
    })
  })
  const ask = (): void => {
    if (worker.connected) worker.send(asked++)
  }
  for (let ahead = 0; ahead < AHEAD; ahead++) ask()
  return {
    next: () => {
      ask()
      const batch = ready.shift()
      if (batch !== undefined) return Promise.resolve(batch)
      return new Promise((take, fail) => {
        if (fault !== null) fail(fault)
        else waiting = { take, fail }
      })
    },
    close: async () => {
      worker.kill()
      await ended
    },
  }
}
