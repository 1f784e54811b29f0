/**
 * `npm run footage`: replays the marked recordings through the program, prints what each raises, how late and how often in vain, and writes it into
 * docs/footage.md. Needs the footage: ../shared/data, or where KANTUK_DATA points. Exit code 1 where a marked closure of 1.5 s or more is missed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { falseAlarms, missed } from './footage/closures.js'
import { type Seen, scoreAt } from './footage/delays.js'
import { replay } from './footage/replay.js'
import { type Row, ratesTable, recordingsTable } from './footage/tables.js'
import { readMarks } from './marks.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = process.env.KANTUK_DATA ?? path.join(root, '../shared/data')
const footage = path.join(data, 'footage')
const document = path.join(root, 'docs/footage.md')
const USUAL_FPS = 25

const MARKS = ['<!-- tables: npm run footage writes them -->', '<!-- end of tables -->'] as const

function withTables(text: string, tables: string): string {
  const [head, rest] = text.split(MARKS[0])
  const tail = rest?.split(MARKS[1])[1]
  if (head === undefined || tail === undefined) throw new Error(`docs/footage.md must hold the lines "${MARKS[0]}" and "${MARKS[1]}"`)
  return `${head}${MARKS[0]}\n${tables}\n${MARKS[1]}${tail}`
}

function main(): number {
  if (!existsSync(footage)) {
    process.stderr.write(`footage: there is no ${footage}; set KANTUK_DATA to the folder with the recordings\n`)
    return 1
  }
  const allMarks = readMarks(footage)
  const rows: Row[] = []
  const seen: Seen[] = []
  const add = (file: string, fps: number | null): void => {
    const name = path.basename(file)
    const marks = allMarks.filter((m) => m.file === name)
    const { raised, observations, frames, eyeFrames, seconds } = replay(file, fps)
    rows.push({ name, fps, frames, eyeFrames, raised, misses: missed(marks, raised, fps ?? USUAL_FPS) })
    if (fps === null) seen.push({ observations, marks, seconds })
    process.stderr.write(`${name} ${fps ?? 'full'}\n`)
  }
  for (const name of readdirSync(footage).filter((file) => file.endsWith('.mp4'))) {
    const rates = allMarks.some((m) => m.file === name && m.label === 'closed') ? [null, 15, 10, 5] : [null]
    for (const fps of rates) add(path.join(footage, name), fps)
  }
  add(path.join(data, 'eyeblink8/driver-webcam-30s.mp4'), null)

  const wrong = rows.flatMap(({ name, fps, raised }) =>
    falseAlarms(
      allMarks.filter((m) => m.file === name),
      raised,
    ).map((r) => `${name} at ${fps ?? 'full'}: ${r.rule} ${r.seconds.toFixed(2)} s`),
  )
  const tables = [
    ...ratesTable([5, 10, 15, 30].map((fps) => scoreAt(fps, seen))),
    '',
    `False alarms of level 2 and more by a closure's rule: ${wrong.join('; ') || 'none'}.`,
    '',
    ...recordingsTable(rows),
  ].join('\n')
  process.stdout.write(`${tables}\n`)
  writeFileSync(document, withTables(readFileSync(document, 'utf8'), tables))
  return rows.some(({ misses }) => misses.length > 0) ? 1 : 0
}

process.exitCode = main()
