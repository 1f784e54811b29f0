/** Has batches made in a thread beside, so that TensorFlow need not wait for them. */
import { Worker } from 'node:worker_threads'
import type { Batch } from './batches.js'

// Own: one is being used, two lie ready.
const AHEAD = 3

/** What the thread is told at its start. `crops`: how many of MRL's the job trains on. */
export type BatchWorkerData = { job: string; data: string; cache: string; seed: number; crops: number }

export interface Prefetch {
  /** The batch of this number; numbers are asked for one after another, from `first` on. */
  next(): Promise<Batch>
  close(): Promise<void>
}

/** Starts the thread. `next` throws what went wrong in it. */
export const prefetch = (workerData: BatchWorkerData, first: number): Prefetch => {
  // Threads of Node 20 do not take over the loader that reads TypeScript: the first line of this one asks for it.
  const target = JSON.stringify(new URL('./batch-worker.ts', import.meta.url).href)
  const worker = new Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport(${target}, ${target}))`, { eval: true, workerData })
  const ready: Batch[] = []
  let waiting: { take: (batch: Batch) => void; fail: (fault: Error) => void } | null = null
  let fault: Error | null = null
  let asked = first
  worker.on('message', (batch: Batch) => {
    if (waiting === null) ready.push(batch)
    else {
      waiting.take(batch)
      waiting = null
    }
  })
  worker.on('error', (thrown) => {
    fault = thrown instanceof Error ? thrown : new Error(String(thrown))
    waiting?.fail(fault)
  })
  for (; asked < first + AHEAD; asked++) worker.postMessage(asked)
  return {
    next: () => {
      worker.postMessage(asked++)
      const batch = ready.shift()
      if (batch !== undefined) return Promise.resolve(batch)
      return new Promise((take, fail) => {
        if (fault !== null) fail(fault)
        else waiting = { take, fail }
      })
    },
    close: async () => {
      await worker.terminate()
    },
  }
}
