/** Pictures for those who asked for them: the vision process makes as many as the one that wants most, and none for nobody. */
import type { Picture } from '../picture.js'
import type { VisionHost } from '../vision/host.js'

export interface Viewing {
  /** Pictures from now on, about so often, until the returned function is called. */
  watch(everyMs: number, take: (picture: Picture) => void): () => void
  /** What the vision host calls with each. */
  take(picture: Picture): void
  /** What it calls where one cannot be made. Said once for each change of what is wrong. */
  fail(why: string): void
}

type Viewer = { everyMs: number; take: (picture: Picture) => void; dueMs: number }

/** @param host asked only when somebody watches: it is made later, as it is given what to call */
export function createViewing(host: () => Pick<VisionHost, 'show'>, warn: (message: string) => void): Viewing {
  let lastWhy = ''
  const viewers = new Set<Viewer>()
  const ask = () => host().show(viewers.size === 0 ? null : Math.min(...[...viewers].map(({ everyMs }) => everyMs)))
  return {
    watch(everyMs, take) {
      const viewer: Viewer = { everyMs, take, dueMs: Number.NEGATIVE_INFINITY }
      viewers.add(viewer)
      ask()
      return () => {
        if (viewers.delete(viewer)) ask()
      }
    },
    fail(why) {
      if (why !== lastWhy) warn(`No picture can be made for those who look: ${why}. The watch goes on.`)
      lastWhy = why
    },
    take(picture) {
      for (const viewer of viewers) {
        if (picture.at < viewer.dueMs) continue
        viewer.dueMs = picture.at + viewer.everyMs
        viewer.take(picture)
      }
    },
  }
}
