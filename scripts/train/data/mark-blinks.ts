/**
 * `npm run mark-blinks -- MODEL`: writes footage-blinks.csv, the blinks that nobody marked in the recordings, as a model sees them.
 *
 * Run once, by a model that never saw CEW, and looked at; training reads the file and no model. Each line is a time of one eye: `doubt`,
 * where it may be shut, or `closed`, where both eyes surely are and were surely open less than half a second before and after.
 */
import { writeFileSync } from 'node:fs'
import { statesOf } from '../evaluate/judge.js'
import { CACHE, dataFolder } from '../places.js'
import { BLINKS, type Blink } from './blinks.js'
import { type CutRow, type Cuts, loadCuts } from './cut-footage.js'
import { TEST_SIDE, TRAIN_SIDE } from './mrl.js'
import { resized } from './pictures.js'

// Own: what the model calls less closed than this is open.
const SURELY_OPEN = 0.3
// Own: looked at, whatever was called so closed on both sides in a short run was shut.
const SURELY_CLOSED = 0.9
// Source: data/README.md: no blink of the awake recordings is above 0.5 s.
const LONGEST_BLINK_SECONDS = 0.45

type Seen = CutRow & { closed: number }

const eyesSeen = async (model: string, { rows, pixels }: Cuts): Promise<Seen[]> => {
  const eyes = rows.flatMap((row, at) => (row.what === 'none' ? [] : [{ row, at }]))
  const patches = eyes.map(({ at }) => resized(pixels.subarray(at * TRAIN_SIDE ** 2, (at + 1) * TRAIN_SIDE ** 2), TRAIN_SIDE, TEST_SIDE))
  const states = await statesOf(
    model,
    Buffer.concat(patches),
    patches.map((_, at) => at),
  )
  return eyes.map(({ row }, at) => ({ ...row, closed: states[at]?.closed ?? 0 }))
}

/** Runs of one eye's neighbouring patches that are not surely open. */
const doubtfulRuns = (eyes: readonly Seen[]): Seen[][] => {
  const runs: Seen[][] = []
  const open = new Map<string, Seen[]>()
  for (const eye of eyes) {
    const key = `${eye.file} ${eye.what}`
    const run = open.get(key)
    if (eye.closed < SURELY_OPEN) open.delete(key)
    else if (run === undefined) {
      const begun = [eye]
      open.set(key, begun)
      runs.push(begun)
    } else run.push(eye)
  }
  return runs
}

const blinkOf = (from: Seen | undefined, to: Seen | undefined, label: Blink['label']): Blink[] =>
  from === undefined || to === undefined || from.what === 'none'
    ? []
    : [{ file: from.file, eye: from.what, startSeconds: from.seconds, endSeconds: to.seconds, label }]

/** All doubts, and the closed times within those that are short. */
const blinksOf = (eyes: readonly Seen[]): Blink[] => {
  const key = ({ file, seconds }: Seen): string => `${file} ${seconds}`
  const sure = new Map<string, number>()
  for (const eye of eyes) if (eye.closed >= SURELY_CLOSED) sure.set(key(eye), (sure.get(key(eye)) ?? 0) + 1)
  return doubtfulRuns(eyes).flatMap((run) => {
    const shut = run.filter((eye) => sure.get(key(eye)) === 2)
    const isShort = (run.at(-1)?.seconds ?? 0) - (run[0]?.seconds ?? 0) <= LONGEST_BLINK_SECONDS
    return [...blinkOf(run[0], run.at(-1), 'doubt'), ...(isShort ? blinkOf(shut[0], shut.at(-1), 'closed') : [])]
  })
}

const [model] = process.argv.slice(2)
if (model === undefined) throw new Error('which model? npm run mark-blinks -- models/evaluation/eye-state-held-out.onnx')
const blinks = blinksOf(await eyesSeen(model, await loadCuts(dataFolder(), CACHE)))
const lines = blinks.map(({ file, eye, startSeconds, endSeconds, label }) => [file, eye, startSeconds, endSeconds, label].join(','))
writeFileSync(BLINKS, `${['file,eye,start_s,end_s,label', ...lines].join('\n')}\n`)
console.log(`wrote ${BLINKS}: ${blinks.length} times`)
