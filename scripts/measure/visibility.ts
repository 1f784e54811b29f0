/** Prints how the eyes of the recordings look by the measures of daemon/vision/locate/legible.ts: the least of each, from which its thresholds keep away. */
import { fileURLToPath } from 'node:url'
import { lightOf } from '../../daemon/vision/light.js'
import { areaSquare } from '../../daemon/vision/locate/area.js'
import { createLocator } from '../../daemon/vision/locate/index.js'
import { detailOf, hiddenReasons, tonesOf } from '../../daemon/vision/locate/legible.js'
import type { LocatedEye } from '../../daemon/vision/locate/types.js'
import { coarseLight, relativeSharpness } from '../../daemon/vision/locate/visibility.js'
import type { Frame } from '../../daemon/vision/pixels.js'
import { dataFolder, framesOf, measured } from './recordings.js'

// Own: neighbouring frames hardly differ.
const EVERY = 5
const PATCH_PX = 64

const locator = await createLocator({ modelsDir: fileURLToPath(new URL('../../models', import.meta.url)) })

type Row = { median: number; range: number; sharpness: number; detail: number; saturated: number }

const measure = (frame: Frame, eye: LocatedEye) => {
  const patch = frame.cutGray(eye.square, PATCH_PX)
  const tones = tonesOf(patch)
  const row: Row = {
    median: tones.median / eye.skin,
    range: (tones.brightest - tones.darkest) / tones.median,
    sharpness: relativeSharpness(lightOf(patch)),
    detail: detailOf(patch),
    saturated: tones.saturated,
  }
  return { row, shown: { patch, skin: eye.skin } }
}

/** Of the whole frame, fine and coarse, as where there is no face. */
const sceneOf = (frame: Frame): { fine: number; coarse: number } => {
  const whole = { left: 0, top: 0, right: frame.width, bottom: frame.height }
  const square = areaSquare(whole)
  return { fine: relativeSharpness(frame.light(square, whole)), coarse: relativeSharpness(coarseLight(frame, square, whole)) }
}

const groups = new Map<string, { rows: Row[]; scenes: ReturnType<typeof sceneOf>[]; darker: number[]; hidden: number }>()
for (const { file, group } of measured(dataFolder()).filter((one) => !one.group.startsWith('clips'))) {
  const all = groups.get(group) ?? { rows: [], scenes: [], darker: [], hidden: 0 }
  groups.set(group, all)
  locator.reset()
  let ordinal = 0
  for await (const frame of framesOf(file)) {
    if (ordinal++ % EVERY !== 0) continue
    all.scenes.push(sceneOf(frame))
    const { left, right } = await locator.locate(frame)
    if (left === null || right === null) continue
    const eyes = [measure(frame, left), measure(frame, right)] as const
    const reasons = hiddenReasons(eyes[0].shown, eyes[1].shown)
    if (reasons.left !== null || reasons.right !== null) all.hidden += 1
    all.rows.push(eyes[0].row, eyes[1].row)
    all.darker.push(Math.max(eyes[0].row.median, eyes[1].row.median))
  }
}
await locator.close()

console.log(
  'least (most for saturated) over all eyes of every fifth frame: median of its cheek, lighter eye of a pair of its cheek, range of its median,',
)
console.log(
  'deviation of the Laplacian of its brightness, detail sideways of its brightness, share of saturated pixels; frames with an eye that is not judged for its looks;',
)
console.log('and the least sharpness of the whole frame, fine and coarse, as it is looked at where there is no face')
console.log(
  `| recording | median | pair | range | sharpness | detail | saturated | not judged | frame, fine | coarse |\n|---|---|---|---|---|---|---|---|---|---|`,
)
for (const [group, { rows, scenes, darker, hidden }] of groups) {
  const leastOf = (key: 'fine' | 'coarse') => Math.min(...scenes.map((scene) => scene[key])).toFixed(2)
  const least = (key: keyof Row) => Math.min(...rows.map((row) => row[key])).toFixed(3)
  const most = Math.max(...rows.map(({ saturated }) => saturated)).toFixed(2)
  const pair = Math.min(...darker).toFixed(2)
  console.log(
    `| ${group} | ${least('median')} | ${pair} | ${least('range')} | ${least('sharpness')} | ${least('detail')} | ${most} | ${hidden} | ${leastOf('fine')} | ${leastOf('coarse')} |`,
  )
}
