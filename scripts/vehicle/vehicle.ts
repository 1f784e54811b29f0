/**
 * `npm run vehicle`: an arm64 Debian in an emulator, with the package installed: it boots, comes up by itself, alarms on the lines of a real
 * kernel, heeds a button, tells a broker outside; then processes are killed, and the power goes, at seeded times. A table, and a JSON beside it.
 * `-- [--package FILE] [--cuts N] [--seed S] [--only early|start|drive] [--resume]`; exit code 1 where a row does not hold. docs/vehicle.md
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { endOnSignals } from '../lab/child.js'
import { argumentsOr, count } from '../lab/counts.js'
import { type Ledger, liveAndCut, settle } from './cuts.js'
import { alarms, comesUp } from './drive.js'
import { createFindings, type Found } from './findings.js'
import { survivesKill, victims } from './kills.js'
import { powerOn } from './machine.js'
import { openOutside } from './outside.js'
import { type Boot, type Cut, type Kind, kinds, planCuts } from './plan.js'
import { filesIn, NotReadyError, prepare } from './prepare.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Where the box looks for its broker: inside/etc/kantukd/kantukd.yaml.
const PORT = 18_839

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const options = argumentsOr('npm run vehicle -- [--package FILE] [--cuts N] [--seed S] [--only early|start|drive] [--resume]', () => {
  const { values } = parseArgs({
    options: {
      package: { type: 'string' },
      cuts: { type: 'string', default: '20' },
      seed: { type: 'string', default: '7' },
      only: { type: 'string' },
      resume: { type: 'boolean', default: false },
    },
  })
  const only = kinds.find((kind) => kind === values.only)
  if (values.only !== undefined && only === undefined) throw new Error(`--only takes ${kinds.join(', ')}, not ${values.only}`)
  return { ...values, only, cuts: count('--cuts', values.cuts, 0, 1000), seed: count('--seed', values.seed, 0, 1_000_000) }
})
endOnSignals()

const folder = path.join(root, '.cache/vehicle')
const [box, ledgerFile] = [path.join(folder, 'box.img'), path.join(folder, 'ledger.json')]
type Kept = Ledger & { boot: Boot; seed: number; only: Kind | undefined; found?: Found }

const whenOf = ({ kind, seconds }: Cut): string =>
  kind === 'early' ? 'before the service watches' : `${seconds.toFixed(1)} s after the service ${kind === 'start' ? 'starts' : 'watches'}`

const run = async (): Promise<number> => {
  const isResumed = options.resume && existsSync(box) && existsSync(ledgerFile)
  // A box that goes on keeps the disk that it has, whatever has been built since.
  const made = isResumed ? filesIn(folder) : await prepare(root, options.package, say)
  const files = { ...made, disk: box }
  const outside = await openOutside(PORT)
  const kept: Kept = isResumed
    ? JSON.parse(readFileSync(ledgerFile, 'utf8'))
    : { cuts: [], witnessed: [], received: [], boot: { startSeconds: 11, bootSeconds: 17 }, seed: options.seed, only: options.only }
  const findings = createFindings(say, kept.found)
  const keep = () => {
    const { rows, figures } = findings
    const received = [...kept.received, ...outside.numbered()]
    writeFileSync(ledgerFile, JSON.stringify({ ...kept, received, found: { rows, figures } }))
  }
  // Also when it is ended: what had arrived must not be missed by the run that goes on.
  process.once('exit', keep)
  if (!isResumed) {
    execFileSync('cp', ['--sparse=always', made.disk, box])
    const machine = await powerOn(files)
    const boot = await comesUp(machine, outside, findings)
    if (boot !== null) {
      kept.boot = boot
      keep()
      await alarms(machine, outside, findings)
      for (const victim of victims) await survivesKill(victim, machine, outside, findings)
    }
    kept.witnessed.push(...machine.witnessed)
    await machine.cut()
    keep()
  }

  const plan = planCuts(options.cuts, kept.seed, kept.boot, kept.only)
  for (const [n, cut] of plan.entries()) {
    if (n < kept.cuts.length) continue
    const seen = await liveAndCut(files, outside, cut, kept)
    kept.cuts.push(seen)
    findings.row(
      `power cut ${n + 1}, ${whenOf(cut)}, broker ${cut.isRoadOpen ? 'in reach' : 'out of reach'}`,
      seen.isUp !== false && seen.isOff,
      `${seen.isUp === true && cut.kind === 'drive' ? 'up, ' : ''}outputs ${seen.isOff ? 'off' : 'ON'} until ${cut.kind === 'drive' ? 'it watched' : 'the cut'}; cut at ${seen.boxSeconds?.toFixed(1)} s of its clock, ${seen.waiting} seen waiting`,
    )
    keep()
  }
  if (plan.length > 0) {
    const { isUp, isOff, account } = await settle(files, outside, kept, async (machine) => {
      // of a run that was ended before all were killed
      for (const victim of victims)
        if (!findings.rows.some(({ what }) => what.includes(`kill -9 of ${victim.name} `)))
          await survivesKill(victim, machine, outside, findings)
    })
    findings.figures.cuts = { seed: kept.seed, done: kept.cuts, ...account }
    findings.row('up again after the last cut, outputs off until it watched', isUp && isOff)
    const { seen, lost, holes, conflicts, doubles } = account
    findings.row(
      `after ${plan.length} cuts all that was safe in the outbox has arrived`,
      lost.length + holes.length + conflicts.length === 0,
      `of ${seen} seen there ${lost.length} lost, ${holes.length} numbers missing, ${conflicts.length} given twice; ${doubles} came again under the same id`,
    )
  }
  await outside.close()
  process.off('exit', keep)
  rmSync(box)
  rmSync(ledgerFile, { force: true })
  return findings.end(path.join(folder, 'vehicle.json'))
}

try {
  process.exit(await run())
} catch (fault) {
  if (!(fault instanceof NotReadyError)) throw fault
  process.stderr.write(`vehicle: ${fault.message}\n`)
  process.exit(2)
}
