/**
 * Compares what two kantukds say of the same picture and recording: tsx scripts/debian/compare.ts HERE THERE (folders of scripts/debian/answers).
 * Prints a table, and exits with 1 where a probability differs by more than a thousandth, an event is another, or the model is not whole.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

// Source: issue 10 of this project: probabilities within 1e-3 of x86.
const LARGEST_DIFFERENCE = 1e-3

const Eye = z.object({ closed: z.number(), visible: z.number() })
const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('observation'), left: Eye.nullable(), right: Eye.nullable() }),
  z.object({ type: z.literal('event'), seconds: z.number(), rule: z.string(), level: z.number(), phase: z.string() }),
  z.object({ type: z.literal('summary') }),
])
const Picture = z.object({ state: z.string(), closed: z.number(), visible: z.number() })
const Finding = z.object({ check: z.string(), status: z.string() })

function read<T>(folder: string, name: string, type: z.ZodType<T>): T[] {
  const lines = readFileSync(path.join(folder, name), 'utf8').trim().split('\n')
  return lines.map((line) => type.parse(JSON.parse(line)))
}

function answersIn(folder: string) {
  const lines = read(folder, 'replay.json', Line)
  const eyes = lines.flatMap((line) => (line.type === 'observation' ? [line.left, line.right] : []))
  return {
    pictures: read(folder, 'classify.json', Picture),
    eyes,
    events: lines.flatMap((line) => (line.type === 'event' ? [`${line.rule} ${line.level} ${line.phase} at ${line.seconds} s`] : [])),
    model: read(folder, 'doctor.json', Finding).find((finding) => finding.check === 'model')?.status ?? 'not looked at',
  }
}

/** The largest difference of two rows of numbers; Infinity where one has a number and the other none. */
function farthest(here: readonly (number | undefined)[], there: readonly (number | undefined)[]): number {
  if (here.length !== there.length) return Number.POSITIVE_INFINITY
  const differences = here.map((a, index) => {
    const b = there[index]
    if (a === undefined && b === undefined) return 0
    return a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.abs(a - b)
  })
  return Math.max(0, ...differences)
}

const [here, there] = process.argv.slice(2, 4).map(answersIn)
if (here === undefined || there === undefined) throw new Error('two folders are wanted: compare.ts HERE THERE')

const seen = here.eyes.filter((eye) => eye !== null)
const range = (key: 'closed' | 'visible') => `${Math.min(...seen.map((eye) => eye[key]))} to ${Math.max(...seen.map((eye) => eye[key]))}`
const difference = (key: 'closed' | 'visible') =>
  farthest(
    here.eyes.map((eye) => eye?.[key]),
    there.eyes.map((eye) => eye?.[key]),
  )
const picture = farthest(
  here.pictures.flatMap((one) => [one.closed, one.visible]),
  there.pictures.flatMap((one) => [one.closed, one.visible]),
)
const sameEvents = here.events.join('\n') === there.events.join('\n')
const rows: Array<[what: string, here: string, there: string, good: boolean]> = [
  ['doctor: the model', here.model, there.model, there.model === 'pass'],
  ['classify: the picture', here.pictures.map((one) => `${one.state} ${one.closed}`).join(), `± ${picture}`, picture <= LARGEST_DIFFERENCE],
  [`replay: closed, ${seen.length} eyes seen`, range('closed'), `± ${difference('closed')}`, difference('closed') <= LARGEST_DIFFERENCE],
  [
    `replay: visible, ${seen.length} eyes seen`,
    range('visible'),
    `± ${difference('visible')}`,
    difference('visible') <= LARGEST_DIFFERENCE,
  ],
  ['replay: the events', `${here.events.length}`, sameEvents ? 'the same' : there.events.join(', '), sameEvents],
]
console.log('| what | this checkout | there | |\n|---|---|---|---|')
for (const [what, first, second, good] of rows) console.log(`| ${what} | ${first} | ${second} | ${good ? 'yes' : 'NO'} |`)
if (seen.length === 0 || rows.some(([, , , good]) => !good)) process.exitCode = 1
