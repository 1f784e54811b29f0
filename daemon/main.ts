/** The composition root: builds the parts, wires them, starts them, stops them in reverse. */
import { createAlarm, createAlarmOutput } from './alarm/index.js'
import { birthFacts } from './birth.js'
import type { Config } from './config/schema.js'
import { machineClock } from './fleet/clock.js'
import { createFleet } from './fleet/index.js'
import { openOutbox } from './fleet/outbox/index.js'
import { openGpio } from './gpio/index.js'
import { memoryMb, temperatureCelsius } from './health/machine.js'
import { createMetrics } from './health/metrics.js'
import { createNotifier } from './health/notify.js'
import { createWatchdog } from './health/watchdog.js'
import { createInputs } from './inputs/index.js'
import type { TripNews } from './inputs/trip.js'
import { createJobs } from './jobs/index.js'
import { createJudgement, type Verdict } from './judgement/index.js'
import { policyOf } from './judgement/policy.js'
import type { Logger } from './log.js'
import { createRecorder, recordingOf } from './recording/index.js'
import { createBaselineFile } from './state/baseline.js'
import { stateFile } from './state-folder.js'
import { startVisionHost } from './vision/host.js'
import { createEnd } from './wiring/end.js'
import { createObserving } from './wiring/observing.js'
import { createTrips } from './wiring/trips.js'
import { createVisionStates } from './wiring/vision-states.js'

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
  /** Told when a trip begins and when it ends. */
  onTrip?: (news: TripNews) => void
  /** The compiled vision process, where it does not lie beside this file. */
  workerFile?: string
  /** The compiled thread of the outbox, likewise. */
  threadFile?: string
}

export interface Daemon {
  /** Resolves with why it should stop: the recording is over, the ignition has been off for long; never by a camera. Rejects with VisionFault when a recording, script or model cannot be used. */
  readonly ended: Promise<string>
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
  // Recorded or scripted eyes are no driver's: nothing is kept of them.
  const baselineName = simulated ? null : stateFile(config.state.dir, 'baseline.json')
  const baseline = baselineName === null ? null : createBaselineFile(baselineName, (message) => log.warn(message))
  const judgement = createJudgement(policyOf(config.judgement), baseline?.load() ?? null)
  const recording = {
    run: `${clock.bootId}-${process.pid}`,
    baseline: () => judgement.memory,
    onFault: (fault: Error) => log.error(`Observations are no longer recorded: ${fault.message}`),
  }
  const recorder = options.recordDir === null ? null : createRecorder(recordingOf(options.recordDir, config, recording))
  const alarm = createAlarm(createAlarmOutput(config), {
    onFault: (fault) => log.error(`The alarm cannot be switched: ${fault.message}`),
  })
  const notifier = createNotifier({ onFault: (message) => log.warn(message) })
  const watchdog = createWatchdog({ intervalMs: notifier.watchdogMs, now: clock.monotonicMs })
  const metrics = createMetrics()
  const fleet = createFleet(config.fleet, {
    vehicle: config.vehicle,
    birth: birthFacts(config, options.model),
    simulated,
    clock,
    log,
    outbox,
  })
  const inputs = createInputs(config, { log, gpio: openGpio(config.gpio), now: clock.monotonicMs })
  const end = createEnd()
  const states = createVisionStates(log, notifier, end, simulated)
  const trips = createTrips(config.ignition, inputs, log, end, options.onTrip ?? (() => undefined))
  let coverage = 0
  const parts = { judgement, inputs, alarm, metrics, watchdog, fleet, recorder, clock, log }
  const observe = createObserving(parts, (verdict, nowMs) => {
    coverage = verdict.measures.coverage
    trips.step(nowMs)
    baseline?.offer(judgement.memory, nowMs)
    options.onVerdict?.(verdict)
  })

  function heartbeat(): void {
    const celsius = temperatureCelsius()
    fleet.health({
      ...metrics.read(clock.monotonicMs()),
      coverage,
      ...(celsius === null ? {} : { temperatureCelsius: celsius }),
      memoryMb: memoryMb(host.pid),
      vision: states.current.name === 'ended' ? 'stopped' : states.current.name,
      inputs: inputs.known(clock.monotonicMs()),
      uptimeSeconds: Math.round(process.uptime()),
    })
  }

  const host = startVisionHost({ config, onObservation: observe, onState: states.follow, workerFile: options.workerFile })
  const jobs = createJobs({ heartbeat: config.fleet.heartbeat }, { heartbeat }, log)
  const feeding = setInterval(() => {
    if (watchdog.due(clock.monotonicMs())) notifier.watchdog()
  }, notifier.watchdogMs / 2)
  notifier.ready()

  return {
    ended: end.reached,
    silence: () => alarm.close(),
    async stop() {
      notifier.stopping()
      clearInterval(feeding)
      alarm.close()
      await jobs.close()
      await host.close()
      trips.close(clock.monotonicMs())
      await inputs.close()
      await recorder?.close()
      await baseline?.close()
      await fleet.close()
    },
  }
}
