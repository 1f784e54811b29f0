/** The thread that makes batches: a number in, the batch of that number out. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { batches } from './batches.js'
import { anyJobOf } from './comparisons.js'
import { legsOf } from './course.js'
import { networkOf } from './network.js'
import { loadPools } from './pools.js'
import { RECIPE } from './recipe.js'

const { job, data, cache, seed, crops } = z
  .object({ job: z.string(), data: z.string(), cache: z.string(), seed: z.number(), crops: z.number() })
  .parse(workerData)

const port = parentPort
if (port === null) throw new Error('batch-worker.ts runs as a thread of prefetch.ts only')
const chosen = anyJobOf(job)
const pools = await loadPools(chosen, data, cache)
const { side, features } = networkOf(chosen.architecture)
const draw = batches(pools, { ...RECIPE, size: RECIPE.batch, seed, side, features, legs: legsOf(chosen.courses, crops, RECIPE.batch) })
port.on('message', (number: unknown) => {
  const batch = draw(z.number().parse(number))
  port.postMessage(
    batch,
    [batch.patches, batch.targets, batch.weights, batch.dropout].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
  )
})
