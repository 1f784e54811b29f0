/**
 * Cuts training patches out of the recordings, with the daemon's own locator at its own patch cut, once for all runs.
 *
 * Every frame gives the patches of both eyes, as the classifier would get them, and two patches of what is no eye: cheek, brow, hair,
 * mouth, hand, background. What a patch is called is decided when it is read (footage.ts); the cut file holds what was seen.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createLocator } from '../../../daemon/vision/locate/index.js'
import type { Located, Locator } from '../../../daemon/vision/locate/types.js'
import { shippedModels } from '../../../daemon/vision/models.js'
import type { Frame, Square } from '../../../daemon/vision/pixels.js'
import { type Random, seeded } from '../random.js'
import { TRAIN_SIDE } from './mrl.js'
import { openRecording } from './recording.js'

const cutRow = z.object({
  /** Path below the data folder. */
  file: z.string(),
  /** From the recording's start. */
  seconds: z.number(),
  what: z.enum(['left', 'right', 'none']),
  yaw: z.number(),
  pitch: z.number(),
  /** Side of the square in the frame, px. */
  size: z.number(),
})
export type CutRow = z.infer<typeof cutRow>

/** `pixels` holds the patches one after another, 72×72 gray bytes each, in the order of `rows`. */
export type Cuts = { rows: CutRow[]; pixels: Buffer }

// Own: two a frame are as many as the eyes.
const NONE_PER_FRAME = 2
// Own: from here on less than half of the eye is left in the patch.
const AWAY_FROM_EYES = 0.55

/** How far a square's centre is from a point, along its own sides, in shares of the side; the greater of both. */
const awayFrom = (square: Square, [x, y]: readonly [number, number]): number => {
  const angle = (square.roll * Math.PI) / 180
  const dx = x - square.center[0]
  const dy = y - square.center[1]
  const along = Math.abs(dx * Math.cos(angle) + dy * Math.sin(angle))
  const across = Math.abs(dy * Math.cos(angle) - dx * Math.sin(angle))
  return Math.max(along, across) / square.size
}

/** A square near the face, or anywhere in the frame, that holds no eye; null when chance did not find one. */
const noEye = (frame: Frame, left: Square, right: Square, random: Random): Square | null => {
  const near = random.chance(0.75)
  const eyeDistance = Math.hypot(left.center[0] - right.center[0], left.center[1] - right.center[1])
  const angle = (left.roll * Math.PI) / 180
  for (let attempt = 0; attempt < 20; attempt++) {
    const across = random.between(-1.6, 1.6) * eyeDistance
    const down = random.between(-1.5, 2.3) * eyeDistance
    const middle = [(left.center[0] + right.center[0]) / 2, (left.center[1] + right.center[1]) / 2] as const
    const center: [number, number] = near
      ? [middle[0] + across * Math.cos(angle) - down * Math.sin(angle), middle[1] + across * Math.sin(angle) + down * Math.cos(angle)]
      : [random.between(0, frame.width), random.between(0, frame.height)]
    if (center[0] < 0 || center[1] < 0 || center[0] > frame.width || center[1] > frame.height) continue
    const square = { center, size: left.size * 2 ** random.between(-0.7, 0.7), roll: left.roll + random.between(-20, 20) }
    // The smaller of both squares counts: an eye must not lie in the middle of a large one either.
    const clear = [left, right].every(
      (eye) => awayFrom(square, eye.center) > AWAY_FROM_EYES && awayFrom(eye, square.center) > AWAY_FROM_EYES,
    )
    if (clear) return square
  }
  return null
}

type Tools = { locator: Locator; random: Random }

const eyesOf = (located: Located) =>
  (['left', 'right'] as const).flatMap((what) => {
    const eye = located[what]
    return eye === null ? [] : [{ what, square: eye.square }]
  })

/** All patches of one recording. `stride`: every n-th frame. */
const cutRecording = async (data: string, file: string, stride: number, { locator, random }: Tools) => {
  const camera = openRecording(data, file)
  locator.reset()
  const rows: CutRow[] = []
  const patches: Uint8Array[] = []
  let index = 0
  for (let frame = await camera.next(); frame !== null; frame = await camera.next()) {
    const located = await locator.locate(frame)
    const eyes = eyesOf(located)
    const { face } = located
    if (index++ % stride === 0 && face !== null && eyes.length > 0) {
      const common = { file, seconds: Number((frame.at / 1000).toFixed(3)), yaw: Math.round(face.yaw), pitch: Math.round(face.pitch) }
      eyes.forEach(({ what, square }) => {
        rows.push({ ...common, what, size: Math.round(square.size) })
        patches.push(frame.cutGray(square, TRAIN_SIDE).data)
      })
      const [left, right] = [located.left?.square, located.right?.square]
      for (let made = 0; left !== undefined && right !== undefined && made < NONE_PER_FRAME; made++) {
        const square = noEye(frame, left, right, random)
        if (square === null) continue
        rows.push({ ...common, what: 'none', size: Math.round(square.size) })
        patches.push(frame.cutGray(square, TRAIN_SIDE).data)
      }
    }
    frame.release()
  }
  await camera.close()
  return { rows, patches }
}

/** Recordings below the data folder, with how many of their frames to take: one in `stride`. */
const recordings = (data: string): { file: string; stride: number }[] => {
  const inside = (...folder: string[]) =>
    readdirSync(join(data, ...folder))
      .filter((name) => name.endsWith('.mp4'))
      .sort()
      .map((name) => join(...folder, name))
  const clips = readdirSync(join(data, 'eyeblink8', 'clips'))
    .sort()
    .flatMap((folder) => inside('eyeblink8', 'clips', folder))
  return [
    ...inside('footage').map((file) => ({ file, stride: 1 })),
    ...inside('eyeblink8').map((file) => ({ file, stride: 2 })),
    ...clips.map((file) => ({ file, stride: 3 })),
  ]
}

/** The patches of all recordings, from `cache`, or cut now (some minutes). Throws when the recordings are not there. */
export const loadCuts = async (data: string, cache: string): Promise<Cuts> => {
  const listFile = join(cache, 'footage.json')
  const pixelFile = join(cache, `footage-x${TRAIN_SIDE}.gray`)
  if (existsSync(listFile) && existsSync(pixelFile))
    return { rows: z.array(cutRow).parse(JSON.parse(readFileSync(listFile, 'utf8'))), pixels: readFileSync(pixelFile) }
  if (!existsSync(join(data, 'footage')))
    throw new Error(`no recordings: ${join(data, 'footage')} is missing; set KANTUK_DATA to the folder that holds footage/`)
  mkdirSync(cache, { recursive: true })
  const tools = {
    locator: await createLocator({ modelsDir: shippedModels() }),
    random: seeded(8),
  }
  const rows: CutRow[] = []
  const patches: Uint8Array[] = []
  for (const { file, stride } of recordings(data)) {
    const cut = await cutRecording(data, file, stride, tools)
    rows.push(...cut.rows)
    patches.push(...cut.patches)
    console.log(`cut ${file}: ${cut.rows.length} patches, ${rows.length} in all`)
  }
  await tools.locator.close()
  const pixels = Buffer.concat(patches)
  writeFileSync(pixelFile, pixels)
  writeFileSync(`${listFile}.part`, JSON.stringify(rows))
  renameSync(`${listFile}.part`, listFile)
  return { rows, pixels }
}
