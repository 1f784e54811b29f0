/** What a recording came to, in one line. */
import type { Rule } from '../judgement/decision.js'
import type { Verdict } from '../judgement/index.js'
import { isSeen, type Observation } from '../observation.js'

export type Summary = {
  type: 'summary'
  frames: number
  seconds: number
  faceFrames: number
  /** Frames with both eyes seen. */
  eyeFrames: number
  /** How often each rule raised or escalated. */
  events: Partial<Record<Rule, number>>
  perclos60Max: number | null
  blinksPerMinute: number | null
  /** Median milliseconds a frame spent in each stage. */
  msPerFrame: Record<string, number>
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(3))
}

/** Gathers the summary: `add` once an observation, then `done`. */
export function createSummary(): {
  add(observation: Observation, verdict: Verdict, stageMs: Readonly<Record<string, number>>): void
  done(): Summary
} {
  const stages = new Map<string, number[]>()
  const events: Partial<Record<Rule, number>> = {}
  let frames = 0
  let faceFrames = 0
  let eyeFrames = 0
  let firstMs = 0
  let lastMs = 0
  let perclos60Max: number | null = null
  let blinksPerMinute: number | null = null

  return {
    add(observation, verdict, stageMs) {
      if (frames === 0) firstMs = observation.at
      lastMs = observation.at
      frames += 1
      if (observation.face !== null) faceFrames += 1
      if (isSeen(observation.left) && isSeen(observation.right)) eyeFrames += 1
      for (const { rule, phase } of verdict.decisions) if (phase !== 'ended') events[rule] = (events[rule] ?? 0) + 1
      const { perclos60 } = verdict.measures
      if (perclos60 !== null) perclos60Max = Math.max(perclos60Max ?? 0, perclos60)
      blinksPerMinute = verdict.measures.blinksPerMinute ?? blinksPerMinute
      for (const [stage, ms] of Object.entries(stageMs)) {
        const times = stages.get(stage)
        if (times === undefined) stages.set(stage, [ms])
        else times.push(ms)
      }
    },
    done() {
      // The last frame lasts as long as the others did.
      const spanMs = lastMs - firstMs
      const seconds = frames > 1 ? (spanMs + spanMs / (frames - 1)) / 1000 : 0
      const msPerFrame = Object.fromEntries([...stages].map(([stage, times]) => [stage, median(times)]))
      return {
        type: 'summary',
        frames,
        seconds: Number(seconds.toFixed(3)),
        faceFrames,
        eyeFrames,
        events,
        perclos60Max: perclos60Max === null ? null : Number(perclos60Max.toFixed(4)),
        blinksPerMinute,
        msPerFrame,
      }
    },
  }
}
