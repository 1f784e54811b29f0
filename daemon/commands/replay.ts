/** `kantukd replay`: the whole chain over a recording, or the judgement over a log. */
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Config, defaultConfig, loadConfig } from '../config/index.js'
import { createEvents } from '../fleet/events.js'
import { replayIds } from '../fleet/ids.js'
import type { Event } from '../fleet/payloads/event.js'
import { duration, eventSentence } from '../fleet/sentences.js'
import { createJudgement } from '../judgement/index.js'
import { POLICY_VERSION, policyOf } from '../judgement/policy.js'
import { type Inputs, NO_INPUTS } from '../judgement/rule.js'
import type { Observation } from '../observation.js'
import { inputsChange, type RecordingHead } from '../recording/lines.js'
import { differences } from '../replay/differences.js'
import { ReplayError } from '../replay/errors.js'
import { replay } from '../replay/index.js'
import { fromLog, headOf } from '../replay/log.js'
import { createOverlay } from '../replay/overlay/index.js'
import { fromVideo, type Step } from '../replay/source.js'
import type { Summary } from '../replay/summary.js'
import { createThinner } from '../replay/thin.js'
import type { SavedBaseline } from '../state/baseline.js'
import { openFileCamera } from '../vision/camera/file.js'
import { openChain } from '../vision/open.js'
import type { ExitCode } from './faults.js'

export type ReplayFlags = {
  config?: string
  json?: true
  observations?: true
  fps?: number
  overlay?: string
  realtime?: true
}

// Own: containers count a frame or two that no decoder gives; a twentieth is missing only in a damaged file.
const FEWEST_OF_STATED = 0.95

type Source = {
  steps: AsyncIterable<Step>
  fps: number
  /** The baseline that the recorded run began with; of this machine's own, none is read. */
  baseline: SavedBaseline | null
  close(): Promise<void>
}

const warn = (text: string): void => {
  process.stderr.write(`kantukd: ${text}\n`)
}

/** A damaged recording ends early, without an error of OpenCV's. */
const tellBroken = (file: string) => (read: number, stated: number | null) => {
  if (stated !== null && read < FEWEST_OF_STATED * stated)
    warn(`${file} says it holds ${stated} frames, and ${read} could be read: it is damaged, or cut off`)
}

async function openSource(file: string, config: Config, keep: (atMs: number) => boolean): Promise<Source> {
  if (!existsSync(file)) throw new ReplayError('recording-missing', `the recording ${file} does not exist`)
  if (!statSync(file).isFile()) throw new ReplayError('recording-missing', `${file} is no file; a recording or a .jsonl log is needed`)
  if (file.endsWith('.jsonl')) {
    const head = headOf(file)
    if (head !== null) tellDifferences(file, head, config)
    return { steps: fromLog(file, keep, warn), fps: 0, baseline: head?.baseline ?? null, close: async () => undefined }
  }
  const { rotateDegrees, mirror } = config.camera
  const camera = openFileCamera({ path: file, loop: false, realtime: false, clock: 'recording', rotateDegrees, mirror })
  const chain = await openChain(config)
  const close = async () => {
    await camera.close()
    await chain.close()
  }
  return { steps: fromVideo(camera, chain, keep, tellBroken(file)), fps: camera.fps, baseline: null, close }
}

/** Says where the judgement of now is not that of the recording. */
function tellDifferences(file: string, head: RecordingHead, config: Config): void {
  for (const sentence of differences(head, { policy: POLICY_VERSION, settings: config.judgement })) warn(`${file}: ${sentence}`)
}

/** Observations as lines of a log, with what the vehicle told between them. */
function createLines(print: (text: string) => void): (observation: Observation, inputs: Inputs) => void {
  let told = NO_INPUTS
  return (observation, inputs) => {
    const change = inputsChange(told, inputs)
    if (change !== null) print(JSON.stringify(change))
    told = inputs
    print(JSON.stringify({ type: 'observation', ...observation }))
  }
}

/** Prints observations and events as they come, and the summary last: JSON lines with --json, else sentences. */
export async function replayCommand(file: string, flags: ReplayFlags): Promise<ExitCode> {
  const config = flags.config === undefined ? defaultConfig() : loadConfig(flags.config).config
  const print = (text: string) => process.stdout.write(`${text}\n`)
  const source = await openSource(file, config, createThinner(flags.fps ?? null))
  if (flags.overlay !== undefined && source.fps === 0) {
    throw new ReplayError('overlay-refused', '--overlay needs a video; a log of observations has no pictures')
  }
  const overlay =
    flags.overlay === undefined
      ? null
      : createOverlay(flags.overlay, Math.min(source.fps, flags.fps ?? source.fps), file, config.judgement.closedAbove)
  const events = createEvents({
    ids: replayIds(),
    vehicle: config.vehicle.id,
    bootId: 'replay',
    recording: true,
    simulated: true,
  })
  try {
    const summary = await replay({
      steps: source.steps,
      judgement: createJudgement(policyOf(config.judgement), source.baseline),
      events,
      overlay,
      realtime: flags.realtime === true,
      onObservation: flags.observations === true ? createLines(print) : () => undefined,
      onEvent: (event, seconds) => {
        print(flags.json === true ? eventLine(event, seconds) : `${seconds.toFixed(2).padStart(8)} s  ${eventSentence(event)}`)
      },
    })
    print(flags.json === true ? JSON.stringify(summary) : summaryText(file, summary))
  } finally {
    await source.close()
  }
  return 0
}

const eventLine = (event: Event, seconds: number): string =>
  JSON.stringify({ type: 'event', seconds: Number(seconds.toFixed(4)), ...event })

function summaryText(file: string, summary: Summary): string {
  const share = (frames: number) => `${((100 * frames) / Math.max(1, summary.frames)).toFixed(1)} %`
  const raised = Object.entries(summary.events).map(([rule, count]) => `${count} ${rule}`)
  const stages = Object.entries(summary.msPerFrame).map(([stage, ms]) => `${stage} ${ms.toFixed(2)}`)
  return [
    `${path.basename(file)}: ${summary.frames} frames in ${duration(summary.seconds)}`,
    `  face in ${share(summary.faceFrames)}, both eyes in ${share(summary.eyeFrames)} of the frames`,
    `  events: ${raised.length === 0 ? 'none' : raised.join(', ')}`,
    `  median milliseconds a frame: ${stages.join(', ')}`,
  ].join('\n')
}
