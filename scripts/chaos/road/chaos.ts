/**
 * `npm run chaos`: random faults on the whole daemon while a drawn driver falls asleep every 5 s. Afterwards every closure that was
 * wholly seen must have raised its alarm, at the buzzer and at the fleet; every restart of the eyes was short; nothing was lost.
 * `-- --faults N --seed S`; exit code 1 when anything was. `--minutes M`: no new fault after that. `--keep FILE`: what finished parts have
 * shown stays there, and the same call goes on after them. Needs Mosquitto, and root or user namespaces (lines and disks of its own).
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Findings } from './findings.js'
import { enterNamespace } from './namespace.js'
import { runPart } from './part.js'
import { makeRecordings } from './recording.js'
import { report } from './report.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
// Own: a part that is cut is done again, and takes a quarter of an hour.
const PART_FAULTS = 100

enterNamespace(fileURLToPath(import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: 'Infinity' },
    keep: { type: 'string' },
  },
})
const wanted = Number(values.faults)
const endMs = performance.now() + Number(values.minutes) * 60_000

// Written by this program alone.
const kept: Findings[] =
  values.keep === undefined || !existsSync(values.keep)
    ? []
    : readFileSync(values.keep, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
const doneIn = ({ faults }: Findings): number => Object.values(faults).reduce((sum, times) => sum + times, 0)
let done = kept.reduce((sum, part) => sum + doneIn(part), 0)

say(`chaos: ${wanted} faults, seed ${values.seed}, ${done} of them done before; a closure of 1.8 s every 5 s`)
const recordings = makeRecordings(path.join(root, '.cache/chaos'))
const mayGoOn = () => performance.now() < endMs
while (done < wanted && mayGoOn()) {
  const findings = await runPart({
    ...{ root, recordings, mayGoOn },
    seed: Number(values.seed) * 1000 + kept.length,
    faults: Math.min(PART_FAULTS, wanted - done),
    onFault: () => {
      done += 1
      if (done % 10 === 0) say(`  ${done} faults`)
    },
  })
  kept.push(findings)
  if (values.keep !== undefined) appendFileSync(values.keep, `${JSON.stringify(findings)}\n`)
}
const seconds = kept.reduce((sum, part) => sum + part.seconds, 0)
say(`${done} of ${wanted} faults in ${Math.round(seconds / 60)} min`)
process.exitCode = report(kept, say) ? 0 : 1
