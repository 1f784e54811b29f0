/**
 * `npm run measure-closed`: in how many frames the whole chain sees both eyes, and how many of awake people with open eyes the shipped model calls
 * closed. Prints the table of docs/eyes.md.
 * Natural blinks are not marked in most recordings, so that runs too long for a blink are counted apart.
 */
import path from 'node:path'
import { defaultConfig } from '../../daemon/config/schema.js'
import { isSeen, type Observation } from '../../daemon/observation.js'
import type { Chain } from '../../daemon/vision/chain.js'
import { openChain } from '../../daemon/vision/open.js'
import { type Mark, readMarks } from '../marks.js'
import { dataFolder, framesOf, measured, type Recording } from './recordings.js'

// Source: data/README.md: marks are right within 0.1 s; own: half as much again.
const MARK_SLACK_SECONDS = 0.15
// Source: Caffier 2003: a blink takes 0.5 s at most.
const LONGEST_BLINK_SECONDS = 0.5

/** Frames; those with both eyes seen; those outside of marks with an eye seen, called closed, and called closed for longer than a blink. */
type Count = { all: number; both: number; frames: number; closed: number; long: number }

/** Closed as the judgement takes it: all eyes that are seen. */
const isClosed = ({ left, right }: Observation): boolean => {
  const eyes = [left, right].filter(isSeen)
  return eyes.length > 0 && eyes.every((eye) => eye.closed >= 0.5)
}

/** Whether somebody may have the eyes shut at that time, by the marks. */
const isMarked = (marks: readonly Mark[], name: string, seconds: number): boolean =>
  marks.some(
    ({ file, label, startSeconds, endSeconds }) =>
      file === name &&
      (label === 'closed' || label === 'blink' || label === 'wink') &&
      seconds > startSeconds - MARK_SLACK_SECONDS &&
      seconds < endSeconds + MARK_SLACK_SECONDS,
  )

const countOf = async (chain: Chain, { name, file }: Recording, marks: readonly Mark[]): Promise<Count> => {
  chain.reset()
  const count: Count = { all: 0, both: 0, frames: 0, closed: 0, long: 0 }
  let run: number[] = []
  const endRun = (): void => {
    if ((run.at(-1) ?? 0) - (run[0] ?? 0) > LONGEST_BLINK_SECONDS) count.long += run.length
    run = []
  }
  let ordinal = 0
  for await (const frame of framesOf(file)) {
    const { observation } = await chain.look(frame, ordinal++)
    const seconds = observation.at / 1000
    count.all += 1
    if ([observation.left, observation.right].every(isSeen)) count.both += 1
    const counts = !isMarked(marks, name, seconds) && [observation.left, observation.right].some(isSeen)
    if (counts) count.frames += 1
    if (counts && isClosed(observation)) {
      count.closed += 1
      run.push(seconds)
    } else endRun()
  }
  endRun()
  return count
}

const data = dataFolder()
const marks = readMarks(path.join(data, 'footage'))
const chain = await openChain(defaultConfig())
const groups = new Map<string, Count[]>()
for (const recording of measured(data))
  groups.set(recording.group, [...(groups.get(recording.group) ?? []), await countOf(chain, recording, marks)])
await chain.close()

const sum = (counts: readonly Count[], key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0)
const share = (part: number, whole: number): string => `${part} (${((100 * part) / whole).toFixed(2)} %)`
const row = (name: string, counts: readonly Count[], awake = counts): string => {
  const frames = sum(awake, 'frames')
  const closed = frames === 0 ? '– | – | –' : `${frames} | ${share(sum(awake, 'closed'), frames)} | ${share(sum(awake, 'long'), frames)}`
  return `| ${name} | ${sum(counts, 'all')} | ${share(sum(counts, 'both'), sum(counts, 'all'))} | ${closed} |`
}
// The clips are a blink each, and their marks are off: data/README.md.
const isClip = (group: string): boolean => group.startsWith('clips')
console.log(
  '| recording | frames | both eyes seen | outside of marks | called closed | of these in runs > 0.5 s |\n|---|---|---|---|---|---|',
)
for (const [name, counts] of groups) console.log(row(name, counts, isClip(name) ? [] : counts))
const of = (wanted: (group: string) => boolean): Count[] => [...groups].filter(([group]) => wanted(group)).flatMap(([, counts]) => counts)
const faces = of((group) => !/looking-around|hands/.test(group))
console.log(
  row(
    '**faces turned to the camera, no hands before them**',
    faces,
    of((group) => !isClip(group) && !/looking-around|hands/.test(group)),
  ),
)
console.log(
  row(
    '**all**',
    of(() => true),
    of((group) => !isClip(group)),
  ),
)
