/** Summaries in the log: the samples that the fleet is told, as sentences. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { day, trip } from '../../daemon/fleet/payloads/summary.js'
import { summarySentence } from '../../daemon/summary/sentence.js'
import { ROOT } from '../fleet/examples.js'

const sample = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, `tests/fleet/samples/valid/${name}.json`), 'utf8'))
const tripOf = (name: string) => ({ kind: 'trip', payload: trip.parse(sample(`trip/${name}`)) }) as const

it('a trip, with what it told', () => {
  expect(summarySentence(tripOf('ended-by-the-ignition-with-a-verdict-on-two-of-three'))).toBe(
    'The trip was 2 h 21 min of driving; the eyes were seen for 97 % of that; PERCLOS was 2.1 % on average and 9.6 % at most; told: perclos once, microsleep twice.',
  )
})

it('a trip on which nothing happened, and of which little is known', () => {
  expect(summarySentence(tripOf('cut-short-without-a-known-speed'))).toBe(
    'The trip was 6 min 52 s of driving; the eyes were seen for 97 % of that; nothing was told.',
  )
})

it('a day', () => {
  expect(summarySentence({ kind: 'day', payload: day.parse(sample('day/with-one-trip')) })).toMatch(/^The day 2026-11-24 was /)
})
