/**
 * `npm run ear`: judges the two recorded signals of eyeblink8/labels (people awake, eye aspect ratio) and prints what is raised, and how blinks compare
 * with the labels. Needs the data: ../shared/data, or where KANTUK_DATA points. Exit code 1 where level 2 or more is raised.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { judgeRecording, recordings } from './ear/judged.js'
import { sentenceOf } from './scenarios/check.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const labels = path.join(process.env.KANTUK_DATA ?? path.join(root, '../shared/data'), 'eyeblink8/labels')

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

function main(): number {
  if (!existsSync(labels)) {
    process.stderr.write(`ear: there is no ${labels}; set KANTUK_DATA to the folder with the recordings\n`)
    return 1
  }
  let faults = 0
  process.stdout.write('| signal | minutes | blinks labelled | seen | recall | precision | raised |\n|---|---|---|---|---|---|---|\n')
  for (const name of recordings) {
    const { recording, raised, score } = judgeRecording(labels, name)
    faults += raised.filter(({ level }) => level >= 2).length
    const minutes = (recording.frames.length / 30 / 60).toFixed(1)
    const told = raised.map(sentenceOf).join(', ') || '–'
    process.stdout.write(
      `| ${name} | ${minutes} | ${score.labelled} | ${score.seen} | ${percent(score.recall)} | ${percent(score.precision)} | ${told} |\n`,
    )
  }
  return faults > 0 ? 1 : 0
}

process.exitCode = main()
