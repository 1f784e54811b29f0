/** What is known of the driver's eyes from earlier, the judgement that begins with it, and the record of what it judges. */
import type { Config } from '../config/index.js'
import type { Clock } from '../fleet/clock.js'
import { createJudgement, type Judgement } from '../judgement/index.js'
import { policyOf } from '../judgement/policy.js'
import type { Logger } from '../log.js'
import { createRecorder, recordingOf } from '../recording/index.js'
import type { Recorder } from '../recording/recorder.js'
import { createBaselineFile } from '../state/baseline.js'
import { stateFile } from '../state-folder.js'
import type { Closing } from './closing.js'

export type RememberingOptions = { config: Config; simulated: boolean; recordDir: string | null; clock: Clock; log: Logger }

export type Remembering = {
  judgement: Judgement
  /** Null: observations are not recorded. */
  recorder: Recorder | null
  /** Keeps what is known of the eyes, where it is kept and has changed. */
  keep(nowMs: number): void
}

export function openRemembering({ config, simulated, recordDir, clock, log }: RememberingOptions, closing: Closing): Remembering {
  // Recorded or scripted eyes are no driver's: nothing is kept of them.
  const file = simulated ? null : stateFile(config.state.dir, 'baseline.json')
  const baseline = file === null ? null : createBaselineFile(file, (message) => log.warn(message))
  closing.add(async () => baseline?.close())
  const judgement = createJudgement(policyOf(config.judgement), baseline?.load() ?? null)
  const recording = {
    run: `${clock.bootId}-${process.pid}-${Math.round(clock.monotonicMs())}`,
    baseline: () => judgement.memory,
    onFault: (fault: Error) => log.error(`Observations are no longer recorded: ${fault.message}`),
  }
  const recorder = recordDir === null ? null : createRecorder(recordingOf(recordDir, config, recording))
  closing.add(async () => recorder?.close())
  return { judgement, recorder, keep: (nowMs) => baseline?.offer(judgement.memory, nowMs) }
}
