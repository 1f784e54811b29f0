/**
 * `npm run bench`: what each stage takes, and what the daemon takes of the machine. `-- --json`: the last line is one object.
 * `-- --compare`: beside what people use otherwise (scripts/bench/setup-compare first).
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { argumentsOr, count } from '../lab/counts.js'
import { compare } from './compare/compare.js'
import { runAtPace, runFor } from './memory.js'
import { CORE, isPinned, spawnPinned } from './pinned.js'
import { drawnRecording, mainRecording, root } from './recording.js'
import { measured, type Result } from './result.js'
import { render } from './table.js'

// As measure-flat: what five minutes at 15 frames a second have brought is there to stay: buffers, caches, compiled code, pages that the collector has spread over.
const SETTLED_FRAMES = 4500

const USAGE = `npm run bench -- [--json] [--frames N] [--seconds N] [--growth N] [--compare]
  --frames N   frames for the stages (900)
  --seconds N  how long the daemon runs at 15 frames a second for memory and share of a core (20; 0: not at all)
  --growth N   frames over which the daemon's memory may grow (10000; 0: not at all)
  --compare    beside Haar + Keras, FaceMesh + EAR and dlib + EAR instead; needs scripts/bench/setup-compare
`

async function stages(recording: string, frames: number): Promise<z.infer<typeof measured>> {
  const program = fileURLToPath(new URL('./stages.ts', import.meta.url))
  const child = spawnPinned(process.execPath, ['--import', 'tsx', program, recording, String(frames)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`bench: the stages ended with exit code ${code}`)
  return measured.parse(JSON.parse(text))
}

async function main(): Promise<number> {
  const values = argumentsOr(USAGE, () => {
    const { values: given } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        compare: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        frames: { type: 'string', default: '900' },
        seconds: { type: 'string', default: '20' },
        growth: { type: 'string', default: '10000' },
      },
    })
    const whole = (name: 'frames' | 'seconds' | 'growth'): number => count(`--${name}`, given[name], 0, 1_000_000)
    return { ...given, frames: whole('frames'), seconds: whole('seconds'), growth: whole('growth') }
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  if (!existsSync(path.join(root, 'dist/cli.js'))) throw new Error('bench: the program is not compiled; run scripts/setup first')
  const say = (text: string) => process.stderr.write(`bench: ${text}\n`)
  if (values.compare) return compare(values.json, say)

  const recording = await mainRecording()
  const { frames, seconds, growth: growthFrames } = values
  const where = isPinned ? `core ${CORE} alone` : 'no taskset, not pinned'
  say(`${frames} frames of ${recording} (${where})`)
  const stagesResult = await stages(recording, Math.max(1, frames))
  if (seconds > 0) say(`the daemon at 15 frames a second for ${seconds} s`)
  const running = seconds > 0 ? await runAtPace(await drawnRecording(), seconds) : null
  if (growthFrames > 0) say(`the daemon over ${growthFrames} frames`)
  const growth = growthFrames > 0 ? await runFor(recording, SETTLED_FRAMES, growthFrames) : null
  const machine = `${cpus()[0]?.model ?? 'processor unknown'}, ${cpus().length} cores, ${where}, load ${loadavg()[0]?.toFixed(1)}`
  const result: Result = { ...stagesResult, recording: path.basename(recording), machine, running, growth }
  process.stdout.write(render(result))
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  return 0
}

try {
  process.exitCode = await main()
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n${USAGE}`)
  process.exitCode = 1
}
