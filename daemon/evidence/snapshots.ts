/** Those who wait for the next picture. */
import type { Picture } from '../picture.js'
import { EvidenceError } from './errors.js'

export interface Snapshots {
  saw(picture: Picture): void
  /** The next picture. Rejects with `evidence-no-picture` when none comes. */
  next(): Promise<Picture>
}

// Own: several times what a picture takes to come; a vision process that hangs has been killed by then.
const WITHIN_MS = 3000

export function createSnapshots(): Snapshots {
  const waiting = new Set<(picture: Picture) => void>()
  return {
    saw(picture) {
      for (const take of waiting) take(picture)
    },
    next: () =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(take)
          reject(new EvidenceError('evidence-no-picture', `no picture came within ${WITHIN_MS / 1000} s: is the camera there?`))
        }, WITHIN_MS)
        const take = (picture: Picture): void => {
          clearTimeout(late)
          waiting.delete(take)
          resolve(picture)
        }
        waiting.add(take)
      }),
  }
}
