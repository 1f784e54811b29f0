/**
 * `npm run footage`: replays the marked recordings through the program and prints what each raises, as the table of docs/footage.md.
 * Needs the footage: ../shared/data, or where KANTUK_DATA points. Exit code 1 where a marked closure of 1.5 s or more is missed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Mark, readMarks } from './marks.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = process.env.KANTUK_DATA ?? path.join(root, '../shared/data')
const footage = path.join(data, 'footage')

const event = z.object({ type: z.literal('event'), seconds: z.number(), rule: z.string(), level: z.number(), phase: z.string() })
const summary = z.object({ type: z.literal('summary'), frames: z.number(), seconds: z.number(), eyeFrames: z.number() })
type Raised = Omit<z.infer<typeof event>, 'type'>

function replay(file: string, fps: number | null): { raised: Raised[]; frames: number; eyeFrames: number } {
  const args = ['dist/cli.js', 'replay', file, '--json', ...(fps === null ? [] : ['--fps', String(fps)])]
  const { stdout, stderr, status } = spawnSync('node', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${file}: exit code ${status}: ${stderr}`)
  const rows: unknown[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const raised = rows.flatMap((row) => event.safeParse(row).data ?? []).filter(({ phase }) => phase !== 'ended')
  return { raised, ...summary.parse(rows.at(-1)) }
}

// The measure: within 0.4 s and one frame of the threshold, counted from the mark.
const LATEST_SECONDS = 0.4

function missed(marks: readonly Mark[], raised: readonly Raised[], fps: number): string[] {
  const told = (mark: Mark, rule: string, thresholdSeconds: number) =>
    raised.filter((r) => r.rule === rule && Math.abs(r.seconds - mark.startSeconds - thresholdSeconds) <= LATEST_SECONDS + 1 / fps).length
  return marks
    .filter((m) => m.label === 'closed' && m.endSeconds - m.startSeconds >= 1.5)
    .flatMap((m) => {
      const micro = told(m, 'microsleep', 1) === 1 ? [] : [`microsleep at ${m.startSeconds} s`]
      const isSleep = m.endSeconds - m.startSeconds >= 3
      return isSleep && told(m, 'sleep', 3) !== 1 ? [...micro, `sleep at ${m.startSeconds} s`] : micro
    })
}

function main(): number {
  if (!existsSync(footage)) {
    process.stderr.write(`footage: there is no ${footage}; set KANTUK_DATA to the folder with the recordings\n`)
    return 1
  }
  const marks = readMarks(footage)
  let faults = 0
  process.stdout.write('| recording | rate | frames | both eyes | raised (level) at second |\n|---|---|---|---|---|\n')
  const row = (file: string, fps: number | null) => {
    const name = path.basename(file)
    const { raised, frames, eyeFrames } = replay(file, fps)
    const misses = missed(
      marks.filter((m) => m.file === name),
      raised,
      fps ?? 25,
    )
    faults += misses.length
    const told = raised.map((r) => `${r.rule} (${r.level}) ${r.seconds.toFixed(2)}`).join(', ') || '–'
    const note = misses.length > 0 ? `; **missed: ${misses.join(', ')}**` : ''
    process.stdout.write(`| ${name} | ${fps ?? 'full'} | ${frames} | ${((100 * eyeFrames) / frames).toFixed(1)} % | ${told}${note} |\n`)
  }
  const recordings = readdirSync(footage).filter((name) => name.endsWith('.mp4'))
  for (const name of recordings) {
    const rates = marks.some((m) => m.file === name && m.label === 'closed') ? [null, 15, 10, 5] : [null]
    for (const fps of rates) row(path.join(footage, name), fps)
  }
  row(path.join(data, 'eyeblink8/driver-webcam-30s.mp4'), null)
  return faults > 0 ? 1 : 0
}

process.exitCode = main()
