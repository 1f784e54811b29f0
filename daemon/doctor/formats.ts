/** What a webcam offers, as v4l2-ctl (package v4l-utils) tells it: whether what the configuration asks for is among it. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Config } from '../config/index.js'
import { isCode } from '../reason-of.js'
import { findUsbCamera } from '../vision/camera/find.js'
import { type Diagnosis, pass, warn } from './types.js'

const run = promisify(execFile)

// Own: it answers within milliseconds; a driver that hangs must not hang the doctor.
const WITHIN_MS = 5000

type Asked = Pick<Config['camera'], 'fourcc' | 'widthPx' | 'heightPx' | 'fps'>

/** One size in one pixel format, and the most frames a second that it comes with. */
export type Offer = { fourcc: string; widthPx: number; heightPx: number; fps: number }

/** Out of the text of `v4l2-ctl --list-formats-ext`. Sizes that are told as a range are left out. */
export function offersOf(text: string): Offer[] {
  const offers: Offer[] = []
  let fourcc = ''
  for (const line of text.split('\n')) {
    fourcc = /^\s*\[\d+\]: '(.{4})'/.exec(line)?.[1]?.trim() ?? fourcc
    const size = /Size: Discrete (\d+)x(\d+)/.exec(line)
    if (size !== null) offers.push({ fourcc, widthPx: Number(size[1]), heightPx: Number(size[2]), fps: 0 })
    const fps = /Interval: .*\(([\d.]+) fps\)/.exec(line)?.[1]
    const last = offers.at(-1)
    if (fps !== undefined && last !== undefined) last.fps = Math.max(last.fps, Number(fps))
  }
  return offers
}

const listed = (words: readonly (string | number)[]): string => [...new Set(words)].join(', ')

/** What a camera offers against what is asked of it. Pure. */
export function diagnose(offers: readonly Offer[], { fourcc, widthPx, heightPx, fps }: Asked): Diagnosis {
  const size = `${widthPx}×${heightPx}`
  const inSize = offers.filter((offer) => offer.widthPx === widthPx && offer.heightPx === heightPx)
  const wanted = inSize.filter((offer) => fourcc === null || offer.fourcc === fourcc)
  const missing = (message: string, cure: string) => warn('camera', 'camera-not-offered', message, cure)
  if (offers.length === 0) return pass('camera', 'it names no sizes of its own, and takes what is asked for')
  if (inSize.length === 0) {
    const sizes = listed(offers.map((offer) => `${offer.widthPx}×${offer.heightPx}`))
    return missing(`it does not offer ${size}`, `set camera.widthPx and heightPx to one of: ${sizes}`)
  }
  if (wanted.length === 0) {
    return missing(
      `it does not offer ${size} as ${fourcc}`,
      `set camera.fourcc to null, or one of: ${listed(inSize.map((offer) => offer.fourcc))}`,
    )
  }
  const most = Math.max(...wanted.map((offer) => offer.fps))
  const faster = inSize.filter((offer) => offer.fps >= fps)
  // Told as 29.97 where 30 is meant.
  if (Math.round(most) < fps) {
    const cure =
      faster.length > 0
        ? `set camera.fourcc to ${faster[0]?.fourcc}`
        : `set camera.fps to ${Math.floor(most)}, or ask for a smaller picture`
    return missing(`it offers ${size} at no more than ${most} frames a second, and ${fps} are asked for`, cure)
  }
  return pass('camera', `it offers ${size} at ${most} frames a second, as ${listed(wanted.map((offer) => offer.fourcc))}`)
}

/** What the daemon would open; the name itself where nothing is there, which the look at the camera says. */
function nodeOf(device: string): string {
  try {
    return findUsbCamera(device, null).node
  } catch {
    return device
  }
}

/** Nothing for what is no webcam, and for a device that is not there: the look at the camera says that. */
export async function formats(camera: Config['camera']): Promise<Diagnosis[]> {
  if (camera.kind !== 'usb') return []
  try {
    const { stdout } = await run('v4l2-ctl', ['--device', nodeOf(camera.device), '--list-formats-ext'], { timeout: WITHIN_MS })
    return [diagnose(offersOf(stdout), camera)]
  } catch (fault) {
    if (!isCode(fault, 'ENOENT')) return []
    return [warn('camera', 'camera-unlisted', 'what it offers is not known: v4l2-ctl is not installed', 'sudo apt install v4l-utils')]
  }
}
