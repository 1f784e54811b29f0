/** What the camera gives: whether it opens, how many frames, how much light, whose face. By the daemon's own vision process, for a few seconds. */
import { setTimeout as sleep } from 'node:timers/promises'
import { BLINK_FPS, BRIGHT, DARK, EYE_PER_PATCH, LEAST_EYE_PX, LEAST_FPS, MOST_OFF_DEGREES } from '../mounting.js'
import { isSeen, type Observation } from '../observation.js'
import { isSimulated } from '../vision/camera/kinds.js'
import { startVisionHost } from '../vision/host.js'
import type { VisionState } from '../vision/state.js'
import { formats } from './formats.js'
import { names } from './names.js'
import { type Check, type Diagnosis, fail, type Patient, pass, warn } from './types.js'

// Own: the host gives a start 15 s; a camera that needs longer than this to show its first frame is told by its fault.
const OPENS_WITHIN_MS = 10_000
// Own: enough frames for a rate, and for a person to look up.
const LOOKS_FOR_MS = 3000
const POLL_MS = 50

// Own: deviation of the Laplacian over the brightness. The recordings have 0.14 and more; blurred by 3 px, which leaves lids just legible, 0.07
// (daemon/vision/locate/visibility.ts, which calls less than 0.03 unseen).
const UNFOCUSED = 0.07

// Own: of what was asked, as cameras round.
const ENOUGH_OF_ASKED = 0.8

export type Look = { state: VisionState; observations: readonly Observation[] }

/** Watches with the daemon's own vision process. */
export async function look({ config, workerFile }: Patient): Promise<Look> {
  const observations: Observation[] = []
  let state: VisionState = { name: 'starting' }
  const host = startVisionHost({
    config,
    onObservation: (observation, stageMs) => {
      if (stageMs !== null) observations.push(observation)
    },
    onState: (next) => {
      if (next.name !== 'stopped') state = next
    },
    workerFile,
  })
  const untilMs = performance.now() + OPENS_WITHIN_MS
  while (observations.length === 0 && performance.now() < untilMs && isPending(state)) await sleep(POLL_MS)
  if (observations.length > 0) await sleep(LOOKS_FOR_MS)
  await host.close()
  return { state, observations }
}

const isPending = ({ name }: VisionState): boolean => name === 'starting' || name === 'running'

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Frames a second between the first and the last. */
function rateOf(observations: readonly Observation[]): number {
  const [first, last] = [observations[0], observations.at(-1)]
  return first === undefined || last === undefined || last.at <= first.at ? 0 : ((observations.length - 1) * 1000) / (last.at - first.at)
}

function frames(observations: readonly Observation[], askedFps: number): Diagnosis {
  const fps = rateOf(observations)
  const found = `${fps.toFixed(1)} frames a second of ${askedFps} asked for`
  const cure = 'more light (cameras slow down in the dark), camera.fourcc: MJPG, or a smaller picture'
  if (fps < LEAST_FPS) return fail('camera', 'camera-few-frames', found, cure)
  return fps < BLINK_FPS || fps < ENOUGH_OF_ASKED * askedFps ? warn('camera', 'camera-few-frames', found, cure) : pass('camera', found)
}

function light(observations: readonly Observation[]): Diagnosis {
  const brightness = Math.round(median(observations.map(({ scene }) => scene.brightness)))
  const found = `brightness ${brightness} of 255`
  if (brightness < DARK)
    return warn('camera', 'camera-dark', `${found}: dark`, 'take the cap off, or add an infrared lamp; is the lens clean?')
  return brightness > BRIGHT
    ? warn('camera', 'camera-bright', `${found}: too bright`, 'turn the camera out of the sun')
    : pass('camera', found)
}

/** Whether edges are sharp: of the face, which is what must be; nothing where there is none, or too little light to tell. */
function focus(observations: readonly Observation[]): Diagnosis[] {
  const lit = observations.filter(({ face, scene: { brightness } }) => face !== null && brightness >= DARK && brightness <= BRIGHT)
  if (lit.length < observations.length / 2) return []
  const sharpness = median(lit.map(({ scene }) => Math.sqrt(scene.sharpness) / scene.brightness))
  const found = `sharpness of the face ${sharpness.toFixed(2)} (0.14 and more is usual)`
  return [
    sharpness < UNFOCUSED
      ? warn(
          'camera',
          'camera-unfocused',
          `${found}: out of focus`,
          'turn the ring of the lens, clean it, and mount the camera without trembling',
        )
      : pass('camera', found),
  ]
}

/** Eyes of the driver: seen, large enough, and from the front. */
function face(observations: readonly Observation[]): Diagnosis {
  const withFace = observations.filter((observation) => observation.face !== null)
  if (withFace.length < observations.length / 2)
    return warn(
      'camera',
      'camera-no-face',
      'no face in view',
      'sit in the driver’s seat and look at the road; else turn the camera to the driver, and set camera.rotateDegrees',
    )
  const eyes = withFace.flatMap(({ left, right }) => [left, right]).filter(isSeen)
  if (eyes.length < withFace.length) {
    const reasons = withFace.flatMap(({ unseen }) => [unseen.left, unseen.right]).filter((reason) => reason !== null)
    return warn(
      'camera',
      'camera-eyes-hidden',
      `a face in view, and its eyes are not: ${[...new Set(reasons)].join(', ')}`,
      'look at the road; take dark glasses off; clean the lens',
    )
  }
  const widthPx = Math.round(median(eyes.map(({ size }) => size)) * EYE_PER_PATCH)
  const offDegrees = Math.round(Math.abs(median(withFace.flatMap((observation) => observation.face?.yaw ?? []))))
  const found = `a face in view, its eyes about ${widthPx} px wide, seen from ${offDegrees}° aside`
  if (widthPx < LEAST_EYE_PX)
    return warn('camera', 'camera-far', found, 'move the camera nearer, or ask for a larger picture (camera.widthPx)')
  return offDegrees > MOST_OFF_DEGREES
    ? warn('camera', 'camera-aside', found, 'move the camera in front of the driver')
    : pass('camera', found)
}

/** What a look came to. */
export function diagnose({ state, observations }: Look, askedFps: number): readonly Diagnosis[] {
  if (observations.length === 0) {
    const why = state.name === 'restarting' ? state.why : `no frame within ${OPENS_WITHIN_MS / 1000} s`
    return [
      fail(
        'camera',
        'camera-no-frame',
        why,
        'where that names no cure: is it plugged in, and does nothing else use it (the service itself: sudo systemctl stop kantukd)?',
      ),
    ]
  }
  return [frames(observations, askedFps), light(observations), ...focus(observations), face(observations)]
}

export const camera: Check = async (patient) => {
  const { camera: asked, locate } = patient.config
  const { kind, fps } = asked
  const recorded = isSimulated(patient.config)
    ? [
        fail(
          'camera',
          'camera-no-driver',
          `${locate.recorded === null ? `camera.kind is ${kind}` : `locate.recorded is ${locate.recorded}`}: recorded or scripted eyes, and no driver’s`,
          locate.recorded === null ? 'set camera.kind to usb or csi' : 'set locate.recorded to null',
        ),
      ]
    : []
  return [...recorded, ...names(asked), ...(await formats(asked)), ...diagnose(await look(patient), fps)]
}
