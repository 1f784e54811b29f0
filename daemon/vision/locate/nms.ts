/** Many candidates of one face → one, their mean weighted by score: steadier from frame to frame than the best alone. */
import type { Candidate } from './decode.js'

// Source: MediaPipe's face detection graphs, min_suppression_threshold.
const MIN_OVERLAP = 0.3

/** Shared area over joint area, 0..1. */
export const overlap = (a: Candidate, b: Candidate): number => {
  const width = Math.min(a.x + a.width / 2, b.x + b.width / 2) - Math.max(a.x - a.width / 2, b.x - b.width / 2)
  const height = Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (a.width * a.height + b.width * b.height - shared)
}

/** @param score of the best, which the mean keeps */
const mean = (group: readonly Candidate[], score: number): Candidate => {
  const merged: Candidate = { score, x: 0, y: 0, width: 0, height: 0, points: new Float32Array(group[0]?.points.length ?? 0) }
  const total = group.reduce((sum, one) => sum + one.score, 0)
  for (const one of group) {
    const share = one.score / total
    merged.x += share * one.x
    merged.y += share * one.y
    merged.width += share * one.width
    merged.height += share * one.height
    for (let index = 0; index < merged.points.length; index++) {
      merged.points[index] = (merged.points[index] ?? 0) + share * (one.points[index] ?? 0)
    }
  }
  return merged
}

/** One candidate a face, the surest first. */
export const suppress = (candidates: readonly Candidate[]): Candidate[] => {
  let left = [...candidates].sort((a, b) => b.score - a.score)
  const faces: Candidate[] = []
  for (let best = left[0]; best !== undefined; best = left[0]) {
    const leader = best
    const group = left.filter((one) => one === leader || overlap(leader, one) > MIN_OVERLAP)
    left = left.filter((one) => !group.includes(one))
    faces.push(mean(group, leader.score))
  }
  return faces
}
