/** Pictures for people who look: now and then, never two at once, never in the way of an observation. */
import type { Picture } from '../picture.js'
import { reasonOf } from '../reason-of.js'
import type { Look } from './chain.js'
import type { Frame, GrayPatch } from './pixels.js'

// Own, looked at: lids are seen at this width, and a picture has about 20 kB.
const WIDTH_PX = 480
const QUALITY = 75

export interface Shower {
  /** How often a picture is wanted; null: none. */
  every(everyMs: number | null): void
  /** Takes a frame that was looked at, if one is due. Returns at once; the frame may be released. */
  offer(frame: Frame, look: Look): void
}

const crossing = (patch: GrayPatch | null): Picture['patches']['left'] =>
  patch === null ? null : { side: patch.width, gray: Buffer.from(patch.data).toString('base64') }

/**
 * @param send resolves once the picture is handed on; until then, frames are let go by
 * @param complain told why one cannot be made
 */
export function createShower(send: (picture: Picture) => Promise<void>, complain: (why: string) => Promise<void>): Shower {
  let everyMs: number | null = null
  let dueMs = Number.NEGATIVE_INFINITY
  let isBusy = false

  async function show(frame: Frame, { observation, patches }: Look): Promise<void> {
    const { width: widthPx, height: heightPx } = frame
    const jpeg = (await frame.jpeg(WIDTH_PX, QUALITY)).toString('base64')
    const { frame: ordinal, at } = observation
    await send({ frame: ordinal, at, jpeg, widthPx, heightPx, patches: { left: crossing(patches.left), right: crossing(patches.right) } })
  }

  return {
    every(wantedMs) {
      everyMs = wantedMs
      dueMs = Number.NEGATIVE_INFINITY
    },
    offer(frame, look) {
      if (everyMs === null || isBusy || look.observation.at < dueMs) return
      dueMs = look.observation.at + everyMs
      isBusy = true
      show(frame, look)
        .catch((fault: unknown) => complain(reasonOf(fault)))
        .finally(() => {
          isBusy = false
        })
    },
  }
}
