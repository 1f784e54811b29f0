/** The composition root: builds the parts, wires them, starts them, stops them in reverse. */
import { createAlarm, createAlarmOutput } from './alarm/index.js'
import { birthFacts } from './birth.js'
import type { Config } from './config/schema.js'
import { machineClock } from './fleet/clock.js'
import { createFleet } from './fleet/index.js'
import { openOutbox } from './fleet/outbox/index.js'
import { eventSentence } from './fleet/sentences.js'
import { memoryMb, temperatureCelsius } from './health/machine.js'
import { createMetrics } from './health/metrics.js'
import { createNotifier } from './health/notify.js'
import { createWatchdog } from './health/watchdog.js'
import { createJobs } from './jobs/index.js'
import { createJudgement, type Verdict } from './judgement/index.js'
import { policyOf } from './judgement/policy.js'
import type { Logger } from './log.js'
import { isCameraAbsent, type Observation } from './observation.js'
import { createRecorder } from './recorder.js'
import { stateFile } from './state-folder.js'
import { startVisionHost } from './vision/host.js'
import { stateSentence, VisionFault, type VisionState } from './vision/state.js'

export type DaemonOptions = {
  config: Config
  /** File of the eye-state model in use. */
  model: string
  log: Logger
  simulated: boolean
  /** Folder for observations, or null. */
  recordDir: string | null
  /** Told of every verdict; for the demonstration. */
  onVerdict?: (verdict: Verdict) => void
  /** The compiled vision process, where it does not lie beside this file. */
  workerFile?: string
  /** The compiled thread of the outbox, likewise. */
  threadFile?: string
}

export interface Daemon {
  /** Resolves when the recording is over; never for a camera. Rejects with VisionFault when a recording, script or model cannot be used. */
  readonly ended: Promise<void>
  /** Buzzer and light off, at once; for ways out that leave no time. */
  silence(): void
  /** Stops everything in order. */
  stop(): Promise<void>
}

/**
 * Starts the daemon.
 * @throws GpioError when buzzer or light cannot be driven, FleetError, JobsError: before anything runs
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { config, log, simulated } = options
  const clock = machineClock()
  const nowWallMs = () => (clock.synced() ? clock.wallMs() : null)
  const waiting = { ...config.fleet.outbox, file: config.fleet.outbox.file ?? stateFile(config.state.dir, 'outbox.sqlite') }
  const outbox = await openOutbox(waiting, { log, nowWallMs, threadFile: options.threadFile })
  const recorder =
    options.recordDir === null
      ? null
      : createRecorder(options.recordDir, `${clock.bootId}-${process.pid}`, (fault) =>
          log.error(`Observations are no longer recorded: ${fault.message}`),
        )
  const alarm = createAlarm(createAlarmOutput(config.alarm), {
    onFault: (fault) => log.error(`The alarm cannot be switched: ${fault.message}`),
  })
  const notifier = createNotifier({ onFault: (message) => log.warn(message) })
  const watchdog = createWatchdog({ intervalMs: notifier.watchdogMs, now: clock.monotonicMs })
  const metrics = createMetrics()
  const judgement = createJudgement(policyOf(config.judgement))
  const fleet = createFleet(config.fleet, {
    vehicle: config.vehicle,
    birth: birthFacts(config, options.model),
    simulated,
    clock,
    log,
    outbox,
  })
  let vision: VisionState = { name: 'starting' }
  let lastMs = Number.NEGATIVE_INFINITY
  let coverage = 0
  let finish: () => void = () => undefined
  let giveUp: (fault: VisionFault) => void = () => undefined
  const ended = new Promise<void>((resolve, reject) => {
    finish = resolve
    giveUp = reject
  })

  function observe(observation: Observation): void {
    // A frame that was under way while its process was given up: the judgement has gone on without it.
    if (observation.at < lastMs) return
    lastMs = observation.at
    const verdict = judgement.observe(observation)
    // Outputs first: nothing is written or sent before the driver is warned.
    alarm.show(verdict.signal)
    if (!isCameraAbsent(observation)) metrics.judged(observation.at, clock.monotonicMs())
    coverage = verdict.measures.coverage
    watchdog.advanced(clock.monotonicMs())
    for (const decision of verdict.decisions) {
      const event = fleet.alert(decision, clock.wallMs())
      log[event.phase === 'ended' ? 'info' : 'warn'](eventSentence(event))
    }
    recorder?.write(observation)
    options.onVerdict?.(verdict)
  }

  function follow(next: VisionState): void {
    const isNews = !(next.name === 'restarting' && vision.name === 'restarting' && next.why === vision.why)
    vision = next
    if (next.name === 'restarting') log[isNews ? 'error' : 'debug'](stateSentence(next))
    else log.info(stateSentence(next))
    notifier.status(stateSentence(next))
    if (next.name === 'ended') finish()
    // A camera may be plugged in yet, and a vehicle is never given up. A recording that cannot be read stays so.
    if (next.name === 'restarting' && simulated && next.code !== null && next.code !== 'camera-lost') {
      giveUp(new VisionFault(next.code, next.why))
    }
  }

  function heartbeat(): void {
    const celsius = temperatureCelsius()
    fleet.health({
      ...metrics.read(clock.monotonicMs()),
      coverage,
      ...(celsius === null ? {} : { temperatureCelsius: celsius }),
      memoryMb: memoryMb(host.pid),
      vision: vision.name === 'ended' ? 'stopped' : vision.name,
      uptimeSeconds: Math.round(process.uptime()),
    })
  }

  const host = startVisionHost({ config, onObservation: observe, onState: follow, workerFile: options.workerFile })
  const jobs = createJobs({ heartbeat: config.fleet.heartbeat }, { heartbeat }, log)
  const feeding = setInterval(() => {
    if (watchdog.due(clock.monotonicMs())) notifier.watchdog()
  }, notifier.watchdogMs / 2)
  notifier.ready()

  return {
    ended,
    silence: () => alarm.close(),
    async stop() {
      notifier.stopping()
      clearInterval(feeding)
      alarm.close()
      await jobs.close()
      await host.close()
      await recorder?.close()
      await fleet.close()
    },
  }
}
