/** CEW, Closed Eyes in the Wild: 4,846 visible-light patches of 24×24 px. Only ever tested on, never trained on. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TEST_SIDE } from './mrl.js'
import { decodeGray } from './pictures.js'
import { readTar } from './tar.js'

export type Cew = { closed: boolean[]; pixels: Buffer }

/** Reads `<data>/cew`, each patch enlarged to 64×64 gray bytes. The label is the folder's name. Throws when it is not there. */
export const loadCew = (data: string): Cew => {
  const file = join(data, 'cew', 'dataset_B_Eye_Images.tar')
  if (!existsSync(file)) throw new Error(`no CEW patches: ${file} is missing; set KANTUK_DATA to the folder that holds cew/`)
  const entries = readTar(readFileSync(file)).filter((entry) => /\/(closed|open)(Left|Right)Eyes\/.*\.jpg$/.test(entry.name))
  return {
    closed: entries.map((entry) => entry.name.includes('/closed')),
    pixels: Buffer.concat(entries.flatMap((entry) => decodeGray(entry.data, [TEST_SIDE]))),
  }
}
