/** CEW, Closed Eyes in the Wild: 4,846 visible-light patches of 24×24 px, of about 2,400 people. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JUDGED_SHARE } from '../../../daemon/vision/pictures.js'
import { TEST_SIDE, TRAIN_SIDE } from './mrl.js'
import { decodeGray } from './pictures.js'
import { readTar } from './tar.js'

/** `train` and `test` hold the patches one after another, enlarged to 72×72 and 64×64 gray bytes. */
export type Cew = { closed: boolean[]; train: Buffer; test: Buffer }

const SIDES = [TRAIN_SIDE, TEST_SIDE].map((side) => ({ side, share: JUDGED_SHARE.close }))

/** Reads `<data>/cew`. The label is the folder's name. Throws when it is not there. */
export const loadCew = (data: string): Cew => {
  const file = join(data, 'cew', 'dataset_B_Eye_Images.tar')
  if (!existsSync(file)) throw new Error(`no CEW patches: ${file} is missing; set KANTUK_DATA to the folder that holds cew/`)
  const entries = readTar(readFileSync(file)).filter((entry) => /\/(closed|open)(Left|Right)Eyes\/.*\.jpg$/.test(entry.name))
  const decoded = entries.map((entry) => decodeGray(entry.data, SIDES))
  return {
    closed: entries.map((entry) => entry.name.includes('/closed')),
    train: Buffer.concat(decoded.flatMap(([large]) => large ?? [])),
    test: Buffer.concat(decoded.flatMap(([, small]) => small ?? [])),
  }
}
