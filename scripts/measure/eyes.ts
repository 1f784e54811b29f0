/**
 * `npm run measure-eyes`: how well the locator places the eyes, against YuNet at 640×480, over the footage, a driver before a webcam and 252 clips.
 * Prints the tables of docs/eyes.md. Needs the data: ../shared/data, or where KANTUK_DATA points. The first run also runs YuNet (some minutes).
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocator } from '../../daemon/vision/locate/index.js'
import type { Locator } from '../../daemon/vision/locate/types.js'
import { type Mark, readMarks } from '../marks.js'
import { lostBecause, MISPLACED, misplacedBecause } from './causes.js'
import { type Look, looksAt } from './looks.js'
import { type Bias, biasOf, errorOf, jitterOf, offsetsOf, SIDES } from './offsets.js'
import { dataFolder, measured } from './recordings.js'
import { createReference } from './reference.js'
import { median, quantile } from './statistics.js'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const percent = (share: number, digits = 2): string => (Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–')
const pair = (values: readonly number[], digits = 2): string =>
  `${percent(median(values), digits)} / ${percent(quantile(values, 0.95), digits)}`

const bothSeen = ({ located: { left, right } }: Look): boolean =>
  left !== null && right !== null && left.visible >= 0.5 && right.visible >= 0.5

const seenShare = (looks: readonly Look[]): string =>
  looks.length === 0 ? '–' : `${percent(looks.filter(bothSeen).length / looks.length)} of ${looks.length}`

const inClosure = (marks: readonly Mark[], look: Look): boolean =>
  marks.some(
    (m) => m.file === look.recording.name && m.label === 'closed' && look.atSeconds >= m.startSeconds && look.atSeconds <= m.endSeconds,
  )

const lookAtAll = async (locator: Locator, data: string): Promise<Look[][]> => {
  const reference = createReference(path.join(data, 'face-detectors', 'yunet', 'yunet_n_dynamic.onnx'))
  const all: Look[][] = []
  for (const recording of measured(data)) all.push(await looksAt(locator, recording, await reference(recording)))
  return all
}

const sayCauses = (recordings: readonly (readonly Look[])[], bias: Bias): void => {
  const counts = new Map<string, Map<string, number>>()
  const count = (cause: string, group: string): void => {
    const groups = counts.get(cause) ?? new Map<string, number>()
    groups.set(group, (groups.get(group) ?? 0) + 1)
    counts.set(cause, groups)
  }
  for (const looks of recordings) {
    looks.forEach((look, index) => {
      if (!bothSeen(look)) count(lostBecause(look), look.recording.group)
      else if (offsetsOf([look]).some((offset) => errorOf(offset, bias) > MISPLACED)) {
        count(misplacedBecause(look, looks[index - 1]), look.recording.group)
      }
    })
  }
  say('\n| frames lost or misplaced | count | where |\n|---|---|---|')
  for (const [cause, groups] of [...counts].sort()) {
    const where = [...groups].map(([group, frames]) => `${group} ${frames}`).join(', ')
    say(`| ${cause} | ${[...groups.values()].reduce((sum, frames) => sum + frames, 0)} | ${where} |`)
  }
}

const main = async (): Promise<void> => {
  const data = dataFolder()
  const marks = readMarks(path.join(data, 'footage'))
  const locator = await createLocator({ modelsDir: fileURLToPath(new URL('../../models', import.meta.url)) })
  const recordings = await lookAtAll(locator, data)
  await locator.close()
  const all = recordings.flat()
  const offsets = offsetsOf(all)
  const bias = biasOf(offsets)
  const closures = all.filter((look) => inClosure(marks, look))

  const row = (name: string, list: readonly (readonly Look[])[]): void => {
    const looks = list.flat()
    const errors = offsetsOf(looks).map((offset) => errorOf(offset, bias))
    say(`| ${name} | ${seenShare(looks)} | ${pair(errors)} | ${pair(list.flatMap(jitterOf))} |`)
  }
  say('| recording | both eyes seen | error, median / 95th percentile | jitter, median / 95th percentile |\n|---|---|---|---|')
  const groups = [...new Set(all.map(({ recording }) => recording.group))]
  for (const group of groups) {
    row(
      group,
      recordings.filter(([first]) => first?.recording.group === group),
    )
  }
  row('**all**', recordings)
  row(
    '**all but looking-around-beard**',
    recordings.filter(([first]) => first?.recording.group !== 'looking-around-beard'),
  )
  say(`\nBoth eyes seen inside marked closures: ${seenShare(closures)} frames.`)
  const told = (side: 'left' | 'right'): string =>
    `${side} ${percent(bias[side].along)} along the eye line, ${percent(bias[side].across)} down`
  say(`Constant part that is taken out of the error (ours from YuNet's): ${told('left')}; ${told('right')}.`)
  // How far apart people are: each group's own constant part from that of all, both sides.
  const apart = groups.flatMap((group) => {
    const own = biasOf(offsets.filter(({ look }) => look.recording.group === group))
    return SIDES.map((side) => Math.hypot(own[side].along - bias[side].along, own[side].across - bias[side].across))
  })
  say(`The constant part of a single group of recordings lies ${pair(apart)} from that (median / 95th percentile).`)
  say(
    `locate: ${median(all.map(({ locateMs }) => locateMs)).toFixed(2)} ms median, ${quantile(
      all.map(({ locateMs }) => locateMs),
      0.95,
    ).toFixed(2)} ms 95th percentile.`,
  )
  sayCauses(recordings, bias)
}

await main()
