/** What is looked at: real footage where it is there, else the driver drawn by code. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeRecording } from '../demo/recording.js'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const data = process.env.KANTUK_DATA ?? path.join(root, '../shared/data')

/** 640×480, 30 frames a second. */
const REAL = path.join(data, 'eyeblink8/driver-webcam-30s.mp4')
/** The rate at which the share of a core is stated. */
export const DRAWN_FPS = 15

/** The drawn driver at 15 frames a second, motion JPEG as most webcams give it; made when missing. */
export async function drawnRecording(): Promise<string> {
  const file = path.join(root, '.cache/demo/driver.avi')
  await makeRecording(file, { fps: DRAWN_FPS })
  return file
}

/** A person before a webcam, or the drawn driver where there is no footage. */
export const mainRecording = async (): Promise<string> => (existsSync(REAL) ? REAL : drawnRecording())

/** Short recordings for the comparison, each of other people; the drawn driver where there is no footage. */
export async function comparisonRecordings(): Promise<string[]> {
  const names = ['closures-phone', 'closure-beard', 'alert-talking', 'slow-blinks-glasses', 'blinks-glasses', 'alert-expressions']
  const there = [REAL, ...names.map((name) => path.join(data, `footage/${name}.mp4`))].filter((file) => existsSync(file))
  return there.length > 0 ? there : [await drawnRecording()]
}
