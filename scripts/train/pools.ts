/** Gathers what a job trains on: MRL, CEW, the recordings, eyes drawn by numbers, and eyes spoiled on purpose. */
import type { Pool, Sample } from './cells.js'
import { loadCew } from './data/cew.js'
import { loadCuts } from './data/cut-footage.js'
import { labelFootage } from './data/footage.js'
import { loadMrl, TRAIN_SIDE, trainSideOf } from './data/mrl.js'
import { drawPool } from './draw/pool.js'
import type { Job } from './jobs.js'

/** Reads the sets; `cache` keeps what is decoded. Throws when one is missing. */
export const loadPools = async (job: Job, data: string, cache: string): Promise<Pool[]> => {
  const { side } = job.architecture
  const mrl = loadMrl(data, cache, side)
  const parts = job.partsOf(mrl.crops)
  const mrlSamples = mrl.crops.flatMap((crop, row): Sample[] =>
    parts[row] === 'train' ? [{ row, person: crop.subject, label: crop.closed ? 'closed' : 'open' }] : [],
  )
  const cew = loadCew(data)
  // Nobody's name is known in CEW: about two patches a person.
  const cewSamples = cew.closed.map((closed, row): Sample => ({ row, person: 'cew', label: closed ? 'closed' : 'open' }))
  const cuts = await loadCuts(data, cache)
  const footage = labelFootage(cuts, data).filter(({ person }) => !job.footageTest.includes(person))
  const spoiled = (samples: readonly Sample[]): Sample[] => samples.map((sample) => ({ ...sample, label: 'none' }))
  const pools: Pool[] = [
    { source: 'mrl', pixels: mrl.train, side: trainSideOf(side), samples: mrlSamples, spoil: false },
    { source: 'footage', pixels: cuts.pixels, side: TRAIN_SIDE, samples: footage, spoil: false },
    { source: 'spoiled', pixels: mrl.train, side: trainSideOf(side), samples: spoiled(mrlSamples), spoil: true },
  ]
  if (job.cew) pools.push({ source: 'cew', pixels: cew.train, side: TRAIN_SIDE, samples: cewSamples, spoil: false })
  if (job.courses.some(({ shares }) => shares.drawn !== undefined)) pools.push({ source: 'drawn', ...drawPool(), spoil: false })
  return pools
}
