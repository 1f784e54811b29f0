/**
 * The MRL Eye Dataset (VSB-TU Ostrava, R. Fusek, 2018) as raw pixels.
 *
 * 37,770 WebP files are decoded once and kept as two raw files under .cache/, so that no later run decodes again.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { INPUT_SIDE } from '../../../daemon/vision/classify/normalise.js'
import { JUDGED_SHARE } from '../../../daemon/vision/pictures.js'
import { decodeGray } from './pictures.js'
import { readTar } from './tar.js'

/** Side of the crops to evaluate on, px: what the shipped network takes. */
export const TEST_SIDE = INPUT_SIDE
/** Side of the crops to train on, px, for a network that takes pictures of this side: a little more, so that a zoomed-in cut stays sharp. */
export const trainSideOf = (side: number): number => Math.round((side * 9) / 8)
/** That of all other sources, px, whatever the network takes. */
export const TRAIN_SIDE = trainSideOf(TEST_SIDE)

export type Crop = {
  path: string
  subject: string
  female: boolean
  glasses: boolean
  closed: boolean
  reflections: number
  goodLight: boolean
  sensor: string
  width: number
}

/**
 * The set for a network that takes pictures of `side` px. `train` and `test` hold the crops one after another, in the order of `crops`, gray bytes: all of each
 * at `trainSideOf(side)`, and what is judged of it at `side`.
 */
export type Mrl = { side: number; crops: Crop[]; train: Buffer; test: Buffer }

const COLUMNS = 'path,subject,image,gender_f,glasses,open,reflections,lighting_good,sensor,width,height'

/** Rows of manifest.csv. Throws when its columns are not the ones we know. */
export const parseManifest = (csv: string): Crop[] => {
  const [header, ...rows] = csv.trim().split(/\r?\n/)
  if (header !== COLUMNS) throw new Error(`manifest.csv: columns "${header}", expected "${COLUMNS}"`)
  return rows.map((row) => {
    const [path = '', subject = '', , female, glasses, open, reflections, light, sensor = '', width] = row.split(',')
    return {
      path,
      subject,
      female: female === '1',
      glasses: glasses === '1',
      closed: open === '0',
      reflections: Number(reflections),
      goodLight: light === '1',
      sensor,
      width: Number(width),
    }
  })
}

const decodeAll = (folder: string, crops: readonly Crop[], side: number, trainFile: string, testFile: string): void => {
  const trainSide = trainSideOf(side)
  const train = Buffer.alloc(crops.length * trainSide ** 2)
  const test = Buffer.alloc(crops.length * side ** 2)
  const rowOf = new Map(crops.map((crop, row) => [crop.path, row]))
  let done = 0
  for (const subject of new Set(crops.map((crop) => crop.subject))) {
    for (const entry of readTar(readFileSync(join(folder, `${subject}.tar`)))) {
      const row = rowOf.get(entry.name.replace(/^\.\//, ''))
      if (row === undefined) continue
      const [large, small] = decodeGray(entry.data, [
        { side: trainSide, share: 1 },
        { side, share: JUDGED_SHARE.wide },
      ])
      if (large) train.set(large, row * trainSide ** 2)
      if (small) test.set(small, row * side ** 2)
      done++
    }
    console.log(`decoded ${done} of ${crops.length} crops (to ${subject})`)
  }
  if (done !== crops.length) throw new Error(`MRL: ${crops.length} rows in the manifest, ${done} pictures in the archives`)
  for (const [file, pixels] of [
    [trainFile, train],
    [testFile, test],
  ] as const) {
    writeFileSync(`${file}.part`, pixels)
    renameSync(`${file}.part`, file)
  }
}

/** Reads the set from `<data>/mrl-eye` for a network of this side, decoding it into `cache` the first time (half a minute). Throws when it is not there. */
export const loadMrl = (data: string, cache: string, side = TEST_SIDE): Mrl => {
  const folder = join(data, 'mrl-eye')
  const manifest = join(folder, 'manifest.csv')
  if (!existsSync(manifest)) throw new Error(`no MRL crops: ${manifest} is missing; set KANTUK_DATA to the folder that holds mrl-eye/`)
  const crops = parseManifest(readFileSync(manifest, 'utf8'))
  mkdirSync(cache, { recursive: true })
  const trainFile = join(cache, `mrl-${crops.length}x${trainSideOf(side)}.gray`)
  const testFile = join(cache, `mrl-${crops.length}x${side}-${JUDGED_SHARE.wide}.gray`)
  if (!existsSync(trainFile) || !existsSync(testFile)) decodeAll(folder, crops, side, trainFile, testFile)
  return { side, crops, train: readFileSync(trainFile), test: readFileSync(testFile) }
}
