/** The process that makes batches: a number in, the batch of that number out. prefetch.ts starts it and tells it what for. */
import { z } from 'zod'
import { type Batch, batches } from './batches.js'
import { anyJobOf } from './comparisons.js'
import { legsOf } from './course.js'
import { networkOf } from './network.js'
import { loadPools } from './pools.js'
import { RECIPE } from './recipe.js'

const told = z.object({ job: z.string(), data: z.string(), cache: z.string(), seed: z.number(), crops: z.number() })
const { job, data, cache, seed, crops } = told.parse(JSON.parse(process.argv[2] ?? ''))

const load = async (): Promise<(number: number) => Batch> => {
  const chosen = anyJobOf(job)
  const pools = await loadPools(chosen, data, cache)
  const { side, features } = networkOf(chosen.architecture)
  return batches(pools, { ...RECIPE, size: RECIPE.batch, seed, side, features, legs: legsOf(chosen.courses, crops, RECIPE.batch) })
}

// Numbers come before the sets are read. What fails ends the process, and is told on its way.
const loading = load()
process.on('message', async (number: unknown) => {
  const draw = await loading
  process.send?.(draw(z.number().parse(number)))
})
// Whoever asked is gone.
process.on('disconnect', () => process.exit())
