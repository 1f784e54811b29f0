/** Gathers what a job trains on: MRL, CEW, the recordings, and eyes spoiled on purpose. */
import type { Pool, Sample } from './cells.js'
import { loadCew } from './data/cew.js'
import { loadCuts } from './data/cut-footage.js'
import { labelFootage } from './data/footage.js'
import { loadMrl, type Mrl } from './data/mrl.js'
import type { Job } from './jobs.js'
import { RECIPE } from './recipe.js'

/** Reads the sets; `cache` keeps what is decoded. Throws when one is missing. */
export const loadPools = async (job: Job, data: string, cache: string): Promise<{ mrl: Mrl; pools: Pool[] }> => {
  const mrl = loadMrl(data, cache)
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
  const { shares } = RECIPE
  const pools: Pool[] = [
    { pixels: mrl.train, samples: mrlSamples, shares: shares.mrl, spoil: false },
    { pixels: cuts.pixels, samples: footage, shares: shares.footage, spoil: false },
    { pixels: mrl.train, samples: spoiled(mrlSamples), shares: shares.spoiled, spoil: true },
  ]
  if (job.cew) pools.push({ pixels: cew.train, samples: cewSamples, shares: shares.cew, spoil: false })
  return { mrl, pools }
}
