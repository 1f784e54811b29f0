/** A summary as a person reads it, in the log. Pure. */
import type { Summary } from '../fleet/payloads/summary.js'
import { duration } from '../fleet/sentences.js'

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`

const HOUR_S = 3600

const lasted = (seconds: number): string =>
  seconds >= HOUR_S ? `${Math.floor(seconds / HOUR_S)} h ${Math.floor((seconds % HOUR_S) / 60)} min` : duration(seconds)

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** "told: sleep 8 times, perclos once"; the rules by their names, each over its levels. */
const told = (incidents: Summary['payload']['incidents']): string => {
  const counts = new Map<string, number>()
  for (const { rule, count } of incidents) counts.set(rule, (counts.get(rule) ?? 0) + count)
  return counts.size === 0 ? 'nothing was told' : `told: ${[...counts].map(([rule, count]) => `${rule} ${times(count)}`).join(', ')}`
}

/** One sentence; what is not known is left out. */
export const summarySentence = ({ kind, payload }: Summary): string => {
  const { drivingSeconds, supervisedShare, perclos, incidents } = payload
  const what = kind === 'trip' ? 'The trip' : `The day ${payload.date}`
  const clauses = [
    `${what} was ${lasted(drivingSeconds)} of driving`,
    ...(supervisedShare === undefined ? [] : [`the eyes were seen for ${percent(supervisedShare, 0)} of that`]),
    ...(perclos === undefined ? [] : [`PERCLOS was ${percent(perclos.mean, 1)} on average and ${percent(perclos.highest, 1)} at most`]),
    told(incidents),
  ]
  return `${clauses.join('; ')}.`
}
