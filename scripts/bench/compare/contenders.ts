/** Who is compared, and how each is started. All speak the same: a line with a run in, a line with its figures out. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../recording.js'

export type Contender = { name: string; program: string; args: readonly string[] }

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** `environment` is a virtual environment that scripts/bench/setup-compare makes. */
const python = (name: string, environment: string, script: string, ...options: readonly string[]): Contender => ({
  name,
  program: path.join(root, '.cache/compare', environment, 'bin/python'),
  args: [here(script), ...options],
})

const OURS: Contender = { name: 'kantukd', program: process.execPath, args: ['--import', 'tsx', here('ours.ts')] }

const OTHERS: readonly Contender[] = [
  python('OpenCV Haar + Keras MobileNetV2 224', 'haar-keras', 'haar_keras.py'),
  python('MediaPipe FaceMesh + EAR', 'facemesh', 'facemesh_ear.py'),
  python('MediaPipe FaceMesh, refined, + EAR', 'facemesh', 'facemesh_ear.py', '--refined'),
  python('dlib 68 + EAR', 'dlib', 'dlib_ear.py'),
]

/** Ours, and those of the others that are installed. */
export const contenders = (): { there: Contender[]; missing: Contender[] } => ({
  there: [OURS, ...OTHERS.filter(({ program }) => existsSync(program))],
  missing: OTHERS.filter(({ program }) => !existsSync(program)),
})
