/** The whole chain over a recording: deterministic, as fast as it goes, with the recording's own clock. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Events } from '../fleet/events.js'
import type { Event } from '../fleet/payloads/event.js'
import type { Decision } from '../judgement/decision.js'
import type { Judgement } from '../judgement/index.js'
import type { Inputs } from '../judgement/rule.js'
import type { Observation } from '../observation.js'
import type { Overlay } from './overlay/index.js'
import type { Step } from './source.js'
import { createSummary, type Summary } from './summary.js'

export type ReplayOptions = {
  steps: AsyncIterable<Step>
  judgement: Judgement
  events: Events
  overlay: Overlay | null
  /** Keep the recording's pace. */
  realtime: boolean
  onObservation(observation: Observation, inputs: Inputs): void
  /** `seconds`: the time in the recording of the observation on which it was decided. */
  onEvent(event: Event, seconds: number): void
}

/** Runs a recording to its end. Times in what it tells count from the recording's start. */
export async function replay(options: ReplayOptions): Promise<Summary> {
  const { steps, judgement, events, overlay, realtime, onObservation, onEvent } = options
  const summary = createSummary()
  const beganMs = performance.now()
  let atMs = 0
  let fromMs = 0
  const tell = (decisions: readonly Decision[]) => {
    // A recording has no time of day: its events are dated from the epoch, so that two runs say the same.
    for (const decision of decisions) onEvent(events.next(since(fromMs, decision), atMs, false).event, atMs / 1000)
  }
  for await (const { observation, startMs, inputs, stageMs, picture } of steps) {
    fromMs = startMs
    atMs = observation.at - startMs
    if (realtime) await sleep(Math.max(0, beganMs + atMs - performance.now()))
    const beforeMs = performance.now()
    const verdict = judgement.observe(observation, inputs)
    summary.add(observation, verdict, { ...stageMs, judge: performance.now() - beforeMs })
    onObservation({ ...observation, at: atMs }, inputs)
    tell(verdict.decisions)
    if (picture !== null) overlay?.add(picture.frame, picture.look, verdict)
  }
  // What stands at its end is over by that, as when the daemon stops.
  tell(judgement.finish())
  overlay?.close()
  return summary.done()
}

/** A decision with its times counted from the recording's start. */
const since = (startMs: number, decision: Decision): Decision => ({
  ...decision,
  atMs: decision.atMs - startMs,
  startedMs: decision.startedMs - startMs,
})
