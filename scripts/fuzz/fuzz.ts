/**
 * `npm run fuzz`: damaged configurations, messages, commands and pictures, a million in all: nothing may come of any but a refusal or something right.
 * `-- --inputs N --seed S --minutes M`. What was done is kept in .cache/fuzz: a later call with the same seed goes on after it.
 * A fault prints its target, batch and input and ends the run with 1; the same call tries that batch again.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { argumentsOr, count } from '../lab/counts.js'
import { seeded } from '../train/random.js'
import { targets } from './targets/index.js'
import { TimeOver } from './targets/types.js'

const BATCH = 500
const { inputs, seed, minutes } = argumentsOr('npm run fuzz -- [--inputs N] [--seed S] [--minutes M]', () => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { inputs: text, seed: text, minutes: text } })
  return {
    inputs: count('--inputs', values.inputs ?? '1000000', 1, 100_000_000),
    seed: count('--seed', values.seed ?? '1', 0, 1_000_000),
    minutes: values.minutes === undefined ? Number.POSITIVE_INFINITY : count('--minutes', values.minutes, 0, 100_000),
  }
})
const endMs = performance.now() + minutes * 60_000
const mayGoOn = () => performance.now() < endMs
const folder = fileURLToPath(new URL('../../.cache/fuzz/', import.meta.url))
const file = path.join(folder, `seed-${seed}.json`)
mkdirSync(folder, { recursive: true })
const counts = z.record(z.string(), z.object({ batches: z.number(), right: z.number(), seconds: z.number() }))
const kept = existsSync(file) ? counts.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}

let unhandled = 0
process.on('unhandledRejection', (fault) => {
  unhandled += 1
  process.stderr.write(`unhandled: ${fault instanceof Error ? fault.stack : fault}\n`)
})

const batchesOf = (share: number): number => Math.ceil((inputs * share) / BATCH)
let place = 0
for (const [name, { target, share }] of Object.entries(targets)) {
  place += 1
  const done = kept[name] ?? { batches: 0, right: 0, seconds: 0 }
  kept[name] = done
  while (done.batches < batchesOf(share) && mayGoOn()) {
    const startedMs = performance.now()
    try {
      done.right += await target(seeded(seed * 1_000_003 + place * 100_003 + done.batches), BATCH, mayGoOn)
    } catch (fault) {
      if (fault instanceof TimeOver) break
      process.stdout.write(`${name}, seed ${seed}, batch ${done.batches}: ${fault instanceof Error ? fault.message : fault}\n`)
      process.exit(1)
    }
    done.batches += 1
    done.seconds += (performance.now() - startedMs) / 1000
    writeFileSync(file, JSON.stringify(kept))
  }
}

process.stdout.write('| what | inputs | of them right | of | inputs a second |\n|---|---|---|---|---|\n')
for (const [name, { share }] of Object.entries(targets)) {
  const { batches, right, seconds } = kept[name] ?? { batches: 0, right: 0, seconds: 0 }
  process.stdout.write(
    `| ${name} | ${batches * BATCH} | ${right} | ${batchesOf(share) * BATCH} | ${Math.round((batches * BATCH) / seconds)} |\n`,
  )
}
process.stdout.write(`crashes: 0, unhandled rejections: ${unhandled}\n`)
process.exitCode = unhandled > 0 ? 1 : 0
