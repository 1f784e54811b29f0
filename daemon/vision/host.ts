/**
 * The parent's side of the vision process: starts it, listens for its death and its silence, starts it again.
 * While there is no vision it says so itself, in observations without eyes, so that the judgement goes on.
 */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/schema.js'
import { monotonicMs } from '../monotonic.js'
import type { Observation } from '../observation.js'
import type { Picture } from '../picture.js'
import type { VisionCode } from './codes.js'
import { createMemory } from './memory.js'
import { createPatience } from './patience.js'
import { type FromVision, fromVision, type ToVision } from './protocol.js'
import { createProviderTrust } from './provider.js'
import { spawnWorker } from './spawn.js'
import type { VisionState } from './state.js'
import { createStuck } from './stuck.js'
import { usualTimes, type VisionTimes } from './times.js'
import { workOf } from './work.js'

export type { VisionTimes } from './times.js'

export type VisionOptions = {
  config: Pick<Config, 'camera' | 'locate' | 'classifier'>
  onObservation(observation: Observation, stageMs: Extract<FromVision, { type: 'observed' }>['stageMs'] | null): void
  onState(state: VisionState): void
  /** Told of each picture that `show` asked for. */
  onPicture?(picture: Picture): void
  /** Told why one cannot be made. */
  onUnshown?(why: string): void
  times?: Partial<VisionTimes>
  /** The program of the child: the compiled worker.js, which lies beside this file in a build; a test gives one that crashes or hangs. */
  workerFile?: string | undefined
  /** For a test, whose child a kill does not reach. */
  spawn?: typeof spawnWorker
}

export interface VisionHost {
  /** Process id of the child that lives, or null; for tests and `doctor`. */
  readonly pid: number | null
  /** Ends the child at once, as after a fault; another is started. Nothing where there is none at the moment. */
  restart(why: string): void
  /** While on, frames are looked at no faster than the blink rules need (15 a second): for a machine that is hot or short of power. */
  spare(isOn: boolean): void
  /** How often a picture is wanted; null: none, as at the start. Fewer may come, and none under strain: observations go first. */
  show(everyMs: number | null): void
  /**
   * Goes on with other settings, if they are others: the child that lives makes way for one that has them.
   * Rejects with why, where the child before could see and the new one cannot begin; it is then started again as after any fault.
   */
  exchange(config: VisionOptions['config']): Promise<void>
  /** Ends the child, in order if it can, and resolves when nothing is left. */
  close(): Promise<void>
}

const besideThisFile = fileURLToPath(new URL('./worker.js', import.meta.url))

/** "No camera", as an observation: nothing seen, and why. */
const absence = (frame: number): Observation => ({
  at: monotonicMs(),
  frame,
  face: null,
  left: null,
  right: null,
  unseen: { left: 'no-camera', right: 'no-camera' },
  scene: { brightness: 0, sharpness: 0 },
})

const settingsOf = ({ camera, locate, classifier }: VisionOptions['config']) => ({ camera, locate, classifier })

/** How a child ended, for people. */
const obituary = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal === null ? `the vision process ended with exit code ${code}` : `the vision process was killed by ${signal}`

export function startVisionHost(options: VisionOptions): VisionHost {
  const { onObservation, onState, onPicture, onUnshown, times: given, workerFile = besideThisFile, spawn = spawnWorker } = options
  let { config } = options
  const times = { ...usualTimes, ...given }
  const stuck = createStuck()
  const memory = createMemory()
  const trust = createProviderTrust()
  let child: ChildProcess | null = null
  /** When the child was killed, ms; null: it was not. */
  let killedMs: number | null = null
  let state: VisionState = { name: 'starting' }
  let restarts = 0
  let backoffMs = times.backoffMs
  const patience = createPatience(times)
  let startedMs = 0
  let lastSignMs = 0
  let lastFrame = 0
  /** Why the child that is about to die does so, where we know better than its exit code. */
  let cause: { why: string; code: VisionCode | null } | null = null
  let lastBeatMs = 0
  let restartTimer: NodeJS.Timeout | null = null
  let closing = false
  let exchanging = false
  /** Told whether the child that was begun by `exchange` sees. */
  let onBegun: ((why: string | null) => void) | null = null
  let isSparing = false
  let wasFrozen = false
  let showEveryMs: number | null = null

  function enter(next: VisionState): void {
    state = next
    onState(next)
    if (next.name === 'starting') return
    onBegun?.(next.name === 'restarting' ? next.why : null)
    onBegun = null
  }

  function start(): void {
    if (stuck.isFull) {
      restartAfter(
        'killed vision processes do not end, since a driver holds them; no other is begun until one has',
        'vision-stuck',
        times.backoffMaxMs,
      )
      return
    }
    restartTimer = null
    cause = killedMs = null
    startedMs = lastSignMs = monotonicMs()
    patience.begin(startedMs)
    const born = spawn(workerFile)
    child = born
    born.on('message', (raw) => receive(born, raw))
    born.on('error', (fault) => bury(born, { why: `the vision process cannot be started: ${fault.message}`, code: null }))
    born.on('exit', (code, signal) => bury(born, cause ?? { why: obituary(code, signal), code: null }))
    const probationMs = wasFrozen ? times.probationMs : 0
    const message: ToVision = { type: 'start', probationMs, remembered: memory.tell(startedMs), config: trust.settle(settingsOf(config)) }
    // A child that dies at once also breaks this pipe; its exit says more than the pipe's error.
    born.send(message, () => undefined)
    if (isSparing) tell({ type: 'spare', isOn: true })
    if (showEveryMs !== null) tell({ type: 'show', everyMs: showEveryMs })
  }

  function tell(message: ToVision): void {
    if (child?.connected === true) child.send(message, () => undefined)
  }

  function receive(from: ChildProcess, raw: unknown): void {
    if (from !== child || closing || exchanging) return
    const parsed = fromVision.safeParse(raw)
    if (!parsed.success) {
      kill(`the vision process sent a message that is none of the protocol's: ${parsed.error.issues[0]?.message}`)
      return
    }
    lastSignMs = monotonicMs()
    const message = parsed.data
    memory.hear(message, lastSignMs)
    if (message.type === 'starting') {
      patience.said(lastSignMs, message.stage)
    } else if (message.type === 'ready') {
      patience.said(lastSignMs)
      patience.sees()
      const { camera, fps, classifier, instead, size } = message
      enter({ name: 'running', camera, fps, classifier, instead, onCpu: message.onCpu ?? trust.why, size, restarts })
    } else if (message.type === 'observed') {
      lastFrame = message.observation.frame
      onObservation(message.observation, message.stageMs)
    } else if (message.type === 'shown') {
      onPicture?.(message.picture)
    } else if (message.type === 'unshown') {
      onUnshown?.(message.message)
    } else if (message.type === 'ended') {
      enter({ name: 'ended', frames: message.frames })
    } else {
      cause = { why: message.message, code: message.code }
    }
  }

  /** Kill first, tell after. */
  function kill(why: string): void {
    cause ??= { why, code: null }
    killedMs ??= monotonicMs()
    child?.kill('SIGKILL')
  }

  function bury(dead: ChildProcess, { why, code }: { why: string; code: VisionCode | null }): void {
    if (dead !== child) return
    child = null
    if (closing || exchanging || state.name === 'ended') return
    if (monotonicMs() - startedMs >= times.steadyMs) backoffMs = times.backoffMs
    restarts += 1
    wasFrozen = code === 'camera-frozen'
    trust.ended(config, why, code)
    restartAfter(why, code, backoffMs)
    backoffMs = Math.min(backoffMs * 2, times.backoffMaxMs)
  }

  function restartAfter(why: string, code: VisionCode | null, inMs: number): void {
    restartTimer = setTimeout(start, inMs)
    enter({ name: 'restarting', why, code, inMs, restarts })
  }

  /** Goes on without a child that a kill does not end. */
  function abandon(held: ChildProcess): void {
    stuck.add(held)
    bury(held, { why: `${cause?.why}; it was killed and does not end, since a driver holds it`, code: 'vision-stuck' })
  }

  /** The host's heartbeat: notices silence, and speaks where the child cannot. */
  function beat(): void {
    if (state.name === 'ended') return
    const nowMs = monotonicMs()
    // We were stopped or starved ourselves: what the child said meanwhile is still waiting to be read.
    if (nowMs - lastBeatMs > times.silenceMs / 2) {
      lastSignMs = nowMs
      if (killedMs !== null) killedMs = nowMs
      patience.overslept(nowMs)
    }
    lastBeatMs = nowMs
    const silentMs = nowMs - lastSignMs
    if (child !== null && killedMs !== null) {
      if (nowMs - killedMs >= times.stuckMs) abandon(child)
    } else if (child !== null && state.name === 'running' && silentMs >= times.silenceMs) {
      kill(`the vision process gave no observation for ${(silentMs / 1000).toFixed(1)} s`)
    } else if (child !== null && state.name !== 'running') {
      const why = patience.fault(nowMs, workOf(child.pid))
      if (why !== null) kill(why)
    }
    if (state.name !== 'running' || silentMs >= times.absentAfterMs) onObservation(absence(lastFrame), null)
  }

  /** In order if it can; resolves when it is gone, or a driver holds it. */
  async function endChild(): Promise<void> {
    if (restartTimer !== null) clearTimeout(restartTimer)
    const last = child
    if (last !== null && last.exitCode === null && last.signalCode === null) {
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()))
      const message: ToVision = { type: 'stop' }
      if (last.connected) last.send(message, () => undefined)
      const killer = setTimeout(() => last.kill('SIGKILL'), times.closeMs)
      const isGone = await Promise.race([gone.then(() => true), sleep(times.closeMs + times.stuckMs, false, { ref: false })])
      clearTimeout(killer)
      if (isGone) return
      stuck.add(last)
      child = null
    }
  }

  async function exchange(next: VisionOptions['config']): Promise<void> {
    if (isDeepStrictEqual(settingsOf(config), settingsOf(next))) return
    config = next
    trust.renew()
    // The recording is over, or all is: nothing begins any more.
    if (closing || state.name === 'ended') return
    const couldSee = state.name === 'running'
    exchanging = true
    await endChild()
    exchanging = false
    if (closing) return
    backoffMs = times.backoffMs
    wasFrozen = false
    enter({ name: 'starting' })
    const begun = new Promise<string | null>((resolve) => {
      onBegun = resolve
    })
    start()
    const why = couldSee ? await begun : null
    if (why !== null) throw new Error(why)
  }

  async function close(): Promise<void> {
    closing = true
    clearInterval(heart)
    await endChild()
    enter({ name: 'stopped' })
  }

  lastBeatMs = monotonicMs()
  const heart = setInterval(beat, times.absentEveryMs)
  enter(state)
  start()
  return {
    get pid() {
      return child?.pid ?? null
    },
    restart: kill,
    spare(isOn) {
      if (isOn === isSparing) return
      isSparing = isOn
      tell({ type: 'spare', isOn })
    },
    show(everyMs) {
      if (everyMs === showEveryMs) return
      showEveryMs = everyMs
      tell({ type: 'show', everyMs })
    },
    exchange,
    close,
  }
}
