/** `npm run bench -- --compare`: the same decoded frames, the same core, in turns. */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { median } from '../numbers.js'
import { CORE, isPinned, spawnPinned } from '../pinned.js'
import { comparisonRecordings, root } from '../recording.js'
import { table } from '../table.js'
import { type Contender, contenders } from './contenders.js'
import { decode, type Run } from './frames.js'

const answer = z.object({ ms: z.array(z.number()), cpuMs: z.array(z.number()), found: z.number() })
type Answer = z.infer<typeof answer>

// Own: a second and a half of each recording, from its first second on, twice around.
const FRAMES_EACH = 45
const FROM_SECOND = 1
const ROUNDS = 2
// Own: before that everybody runs for as long as a compiler that learns while it runs needs to have learnt, or a slow one to be in its stride.
const WARM_FRAMES = 3000
const WARM_MS = 20_000

type Row = { name: string; frameMs: number; cpuMs: number; eyesFound: number; timesOurs: number }

function start({ name, program, args }: Contender) {
  // One thread each, wherever a library asks the environment.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1' }
  const child = spawnPinned(program, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'ignore'] })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error(`bench: ${name} has no pipes`)
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`bench: ${name} ended early; run by hand to see why: ${program} ${args.join(' ')}`)
    return JSON.parse(value)
  }
  return {
    name,
    ready: next,
    async take(file: string, run: Run): Promise<Answer> {
      stdin.write(`${JSON.stringify({ file, ...run })}\n`)
      return answer.parse(await next())
    },
    close: () => stdin.end(),
  }
}

type Racer = ReturnType<typeof start>

/** Runs one over everything until it has seen its share of frames, or its time is up. */
async function warmUp(racer: Racer, file: string, runs: readonly Run[]): Promise<void> {
  const endsAtMs = performance.now() + WARM_MS
  for (let seen = 0; seen < WARM_FRAMES && performance.now() < endsAtMs; ) {
    for (const run of runs) {
      if (performance.now() >= endsAtMs) return
      seen += (await racer.take(file, run)).ms.length
    }
  }
}

/** Runs everybody over everything in turns. */
async function measure(file: string, runs: readonly Run[], there: readonly Contender[], say: (text: string) => void): Promise<Row[]> {
  const racers = there.map(start)
  const kept: Answer[] = racers.map(() => ({ ms: [], cpuMs: [], found: 0 }))
  for (const racer of racers) {
    await racer.ready()
    say(`${racer.name} warms up`)
    await warmUp(racer, file, runs)
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of runs) {
      say(`round ${round + 1}: ${path.basename(run.name)}, ${run.width}×${run.height}`)
      for (const [at, racer] of racers.entries()) {
        const { ms, cpuMs, found } = await racer.take(file, run)
        const own = kept[at]
        if (own === undefined) continue
        own.ms.push(...ms)
        own.cpuMs.push(...cpuMs)
        own.found += found
      }
    }
  }
  for (const racer of racers) racer.close()
  const rows = racers.map(({ name }, at) => {
    const { ms, cpuMs, found } = kept[at] ?? { ms: [], cpuMs: [], found: 0 }
    return { name, frameMs: median(ms), cpuMs: median(cpuMs), eyesFound: Number((found / ms.length).toFixed(4)) }
  })
  const ours = rows[0]?.cpuMs ?? Number.NaN
  return rows.map((row) => ({ ...row, timesOurs: Number((row.cpuMs / ours).toFixed(1)) }))
}

/** Prints the table, and as JSON when asked. Gives the exit code: 1 when nobody is there to compare with. */
export async function compare(json: boolean, say: (text: string) => void): Promise<0 | 1> {
  const { there, missing } = contenders()
  for (const { name } of missing) say(`${name} is not installed; scripts/bench/setup-compare does it`)
  if (there.length === 1) return 1
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-compare-'))
  try {
    const file = path.join(folder, 'frames.bgr')
    const runs = await decode(await comparisonRecordings(), file, FRAMES_EACH, FROM_SECOND)
    const rows = await measure(file, runs, there, say)
    const frames = runs.reduce((sum, run) => sum + run.frames, 0)
    const where = isPinned ? `core ${CORE} alone, one thread each` : 'not pinned'
    process.stdout.write(
      `${runs.length} recordings, ${frames} frames, ${ROUNDS} rounds in turns after each had warmed up; ${where}; load ${loadavg()[0]?.toFixed(1)}\n\n`,
    )
    const cells = rows.map((r) => [
      r.name,
      `${r.frameMs.toFixed(2)} ms`,
      `${r.cpuMs.toFixed(2)} ms`,
      `${r.timesOurs}`,
      `${(100 * r.eyesFound).toFixed(1)} %`,
    ])
    process.stdout.write(`${table(['', 'a frame, by the clock', 'processor time', 'times ours', 'both eyes found'], cells)}\n`)
    if (json) process.stdout.write(`${JSON.stringify({ frames, rounds: ROUNDS, rows })}\n`)
    return 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}
