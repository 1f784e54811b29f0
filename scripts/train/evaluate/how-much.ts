/** How much of an MRL crop is best judged: the less, the larger the eye that the network is shown. */
import { JUDGED_SHARE } from '../../../daemon/vision/pictures.js'
import { type Mrl, trainSideOf } from '../data/mrl.js'
import { resized } from '../data/pictures.js'
import type { Job } from '../jobs.js'
import { jobOnnx } from '../places.js'
import { judge } from './judge.js'
import { isRight } from './scores.js'

// Own: down to where it no longer helps.
const SHARES = [1, 0.95, 0.9, 0.85, 0.8, 0.75]

const wrongOf = async (job: Job, mrl: Mrl, share: number): Promise<number> => {
  const rows = job.partsOf(mrl.crops).flatMap((part, row) => (part === 'test' ? [row] : []))
  const kept = trainSideOf(mrl.side)
  const cut = rows.map((row) => resized(mrl.train.subarray(row * kept ** 2, (row + 1) * kept ** 2), kept, mrl.side, share))
  const closed = rows.map((row) => mrl.crops[row]?.closed === true)
  const judged = await judge(jobOnnx(job.name), Buffer.concat(cut), [...rows.keys()], closed)
  return judged.filter((one) => !isRight(one)).length
}

/** Crops judged wrong of people that each of the jobs' models never saw, by the share of the crop that it was shown. */
export const howMuchSection = async (jobs: readonly Job[], mrl: Mrl) => {
  const lines = [`| share of the crop | ${jobs.map(({ name }) => name).join(' | ')} | all |`, `|---|${'---|'.repeat(jobs.length + 1)}`]
  const json: Record<string, number[]> = {}
  for (const share of SHARES) {
    const wrong = []
    for (const job of jobs) wrong.push(await wrongOf(job, mrl, share))
    json[share] = wrong
    const name = share === JUDGED_SHARE.wide ? `${share} (what is judged)` : `${share}`
    lines.push(`| ${name} | ${wrong.join(' | ')} | ${wrong.reduce((sum, one) => sum + one, 0)} |`)
  }
  return { name: 'how much of a crop', text: lines.join('\n'), json, svg: null }
}
