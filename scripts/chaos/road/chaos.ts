/**
 * `npm run chaos`: random faults on the whole daemon while a drawn driver falls asleep every 5 s. Afterwards every closure that was
 * wholly seen must have raised its alarm, at the buzzer and at the fleet; every restart of the eyes was short; nothing was lost.
 * `-- --faults N --seed S`; exit code 1 when anything was. `--minutes M`: no new fault after that. `--keep FILE`: what finished parts have
 * shown stays there, and the same call goes on after them (of another run they are refused). Needs Mosquitto, and root or user namespaces (lines and disks of its own).
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { reasonOf } from '../../../daemon/reason-of.js'
import { endOnSignals } from '../../lab/child.js'
import { argumentsOr, count } from '../../lab/counts.js'
import type { Findings } from './findings.js'
import { openKept } from './kept.js'
import { enterNamespace } from './namespace.js'
import { runPart } from './part.js'
import { makeRecordings } from './recording.js'
import { report } from './report.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
// Own: a part that is cut is done again, and takes a quarter of an hour.
const PART_FAULTS = 100

const { wanted, seed, minutes, keep } = argumentsOr('npm run chaos -- [--faults N] [--seed S] [--minutes M] [--keep FILE]', () => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { faults: text, seed: text, minutes: text, keep: text } })
  return {
    wanted: count('--faults', values.faults ?? '50', 1, 100_000),
    seed: count('--seed', values.seed ?? '1', 0, 1_000_000),
    minutes: values.minutes === undefined ? Number.POSITIVE_INFINITY : count('--minutes', values.minutes, 1, 100_000),
    keep: values.keep,
  }
})
enterNamespace(fileURLToPath(import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)
endOnSignals()
const endMs = performance.now() + minutes * 60_000

// Written by this program alone.
const kept = (() => {
  try {
    return openKept(keep ?? null, `--faults ${wanted} --seed ${seed}`)
  } catch (fault) {
    process.stderr.write(`chaos: ${reasonOf(fault)}\n`)
    process.exit(2)
  }
})()
const doneIn = ({ faults }: Findings): number => Object.values(faults).reduce((sum, times) => sum + times, 0)
let done = kept.parts.reduce((sum, part) => sum + doneIn(part), 0)

say(`chaos: ${wanted} faults, seed ${seed}, ${done} of them done before; a closure of 1.8 s every 5 s`)
const recordings = makeRecordings(path.join(root, '.cache/chaos'))
const mayGoOn = () => performance.now() < endMs
while (done < wanted && mayGoOn()) {
  const findings = await runPart({
    ...{ root, recordings, mayGoOn },
    seed: seed * 1000 + kept.parts.length,
    faults: Math.min(PART_FAULTS, wanted - done),
    onFault: () => {
      done += 1
      if (done % 10 === 0) say(`  ${done} faults`)
    },
  })
  kept.add(findings)
}
const seconds = kept.parts.reduce((sum, part) => sum + part.seconds, 0)
say(`${done} of ${wanted} faults in ${Math.round(seconds / 60)} min`)
process.exitCode = report(kept.parts, say) ? 0 : 1
