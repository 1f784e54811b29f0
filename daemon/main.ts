/** The composition root: builds the parts, wires them, starts them, stops them in reverse. */

import { createAim } from './aim/index.js'
import { createAlarm, createAlarmOutput } from './alarm/index.js'
import { birthFacts, configSha256 } from './birth.js'
import { codedSentence } from './coded.js'
import type { Condition } from './condition.js'
import { type Config, locksOf } from './config/index.js'
import { machineClock } from './fleet/clock.js'
import { createFleet } from './fleet/index.js'
import { openOutbox } from './fleet/outbox/index.js'
import { watchSynchronised } from './fleet/synchronised.js'
import { openVerdicts } from './fleet/verdicts/index.js'
import { openGpio } from './gpio/index.js'
import { createConditions } from './health/conditions.js'
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
import type { Run } from './remote/supervisor.js'
import { createBaselineFile } from './state/baseline.js'
import { stateFile, stateFolder } from './state-folder.js'
import { startVisionHost } from './vision/host.js'
import { type Closing, createClosing } from './wiring/closing.js'
import { openControl } from './wiring/control.js'
import { createEnd } from './wiring/end.js'
import { createEvidenceKeeping } from './wiring/evidence.js'
import { openHealth } from './wiring/health.js'
import { createHeartbeat } from './wiring/heartbeat.js'
import { createListening, type Remote } from './wiring/listening.js'
import { createMoment } from './wiring/moment.js'
import { createObserving } from './wiring/observing.js'
import { phaseOf } from './wiring/phase.js'
import { createPruning } from './wiring/pruning.js'
import { watchStrain } from './wiring/strain.js'
import { createSummaryKeeping, openSummaryStore } from './wiring/summaries.js'
import { createTrips } from './wiring/trips.js'
import { createViewing } from './wiring/viewing.js'
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
  /** Name of the file the configuration was read from; null: built in. */
  configFile?: string | null
  /** What changes the configuration from afar; without it, nothing does. */
  remote?: Remote
  /** Conditions that stand from the start, and are said already. */
  standing?: readonly Condition[]
  /** The compiled vision process, where it does not lie beside this file. */
  workerFile?: string
  /** The compiled thread of the outbox, likewise. */
  threadFile?: string
}

export interface Daemon extends Run {
  /** Resolves with why it should stop: the recording is over, the ignition has been off for long; never by a camera. Rejects with VisionFault when a recording, script or model cannot be used. */
  readonly ended: Promise<string>
  /** Buzzer and light off, at once; for ways out that leave no time. */
  silence(): void
  /** Stops everything in order. @param isRestart another follows in this program, and systemd need not know */
  stop(isRestart?: boolean): Promise<void>
}

/**
 * Starts the daemon.
 * @throws GpioError when buzzer or light cannot be driven, FleetError, JobsError: before anything runs
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const closing = createClosing()
  try {
    return await start(options, closing)
  } catch (fault) {
    await closing.run()
    throw fault
  }
}

async function start(options: DaemonOptions, closing: Closing): Promise<Daemon> {
  const { config, log, simulated } = options
  const warn = (message: string) => log.warn(message)
  const synchronised = watchSynchronised()
  closing.add(synchronised.close)
  const clock = machineClock(synchronised.synced)
  const notifier = createNotifier({ onFault: warn })
  const alarm = createAlarm(createAlarmOutput(config), {
    onFault: (fault) => log.error(`The alarm cannot be switched: ${codedSentence(fault)}`),
  })
  closing.add(alarm.close)
  const nowWallMs = () => (clock.synced() ? clock.wallMs() : null)
  const waiting = { ...config.fleet.outbox, file: config.fleet.outbox.file ?? stateFile(config.state.dir, 'outbox.sqlite') }
  const conditions = createConditions(log, options.standing)
  const onDisk = (isRefusing: boolean, sentence: string) => conditions.tell('disk-refuses', isRefusing, sentence)
  const outbox = await openOutbox(waiting, { log, nowWallMs, onDisk, threadFile: options.threadFile })
  // Opened before the fleet, and so closed after it: what was told is then safe in the outbox.
  const store = openSummaryStore(simulated ? null : stateFile(config.state.dir, 'summaries.json'), warn)
  closing.add(async () => store?.close())
  const { homeAssistant } = config.fleet
  const fleet = createFleet(config.fleet, {
    vehicle: config.vehicle,
    birth: birthFacts(config, options.model),
    config: { configSha256: configSha256(config), file: options.configFile ?? null, locked: locksOf(config), config },
    simulated,
    clock,
    log,
    outbox,
    onMessage: (incoming) => listening.take(incoming),
    ...(homeAssistant.discovery ? { homeAssistantPrefix: homeAssistant.prefix } : {}),
  })
  closing.add(fleet.close)
  // Recorded or scripted eyes are no driver's: nothing is kept of them.
  const baselineName = simulated ? null : stateFile(config.state.dir, 'baseline.json')
  const baseline = baselineName === null ? null : createBaselineFile(baselineName, warn)
  closing.add(async () => baseline?.close())
  const judgement = createJudgement(policyOf(config.judgement), baseline?.load() ?? null)
  const recording = {
    run: `${clock.bootId}-${process.pid}-${Math.round(clock.monotonicMs())}`,
    baseline: () => judgement.memory,
    onFault: (fault: Error) => log.error(`Observations are no longer recorded: ${fault.message}`),
  }
  const recorder = options.recordDir === null ? null : createRecorder(recordingOf(options.recordDir, config, recording))
  closing.add(async () => recorder?.close())
  const watchdog = createWatchdog({ intervalMs: notifier.watchdogMs, now: clock.monotonicMs })
  const metrics = createMetrics()
  const inputs = createInputs(config, { log, gpio: openGpio(config.gpio), now: clock.monotonicMs })
  closing.add(inputs.close)
  const end = createEnd()
  const states = createVisionStates(log, notifier, conditions, end, simulated)
  const verdicts = openVerdicts(stateFile(config.state.dir, 'verdicts.jsonl'), warn)
  const summaries = createSummaryKeeping({ vehicle: config.vehicle.id, simulated, store, clock, fleet, inputs, verdicts })
  const trips = createTrips(config.ignition, inputs, log, end, (news) => {
    summaries.trip(news)
    options.onTrip?.(news)
  })
  closing.add(() => trips.close(clock.monotonicMs()))
  closing.add(summaries.stop)
  const moment = createMoment()
  const parts = { judgement, inputs, alarm, metrics, watchdog, fleet, recorder, moment, clock, log, absence: () => states.absence }
  const viewing = createViewing(() => host, warn)
  const aim = createAim({ config, log, now: clock.monotonicMs, watchPictures: viewing.watch, sound: alarm.test })
  const observing = createObserving(parts, (observed) => {
    const { observation, verdict, nowMs } = observed
    trips.step(nowMs)
    summaries.step(observed)
    aim.saw(observation, verdict)
    evidence.step(observed)
    baseline?.offer(judgement.memory, nowMs)
    options.onVerdict?.(verdict)
  })
  closing.add(observing.finish)
  const host = startVisionHost({
    config,
    onObservation: observing.observe,
    onPicture: viewing.take,
    onUnshown: viewing.fail,
    onState: states.follow,
    workerFile: options.workerFile,
  })
  closing.add(host.close)
  const evidence = createEvidenceKeeping({ config, simulated, viewing, clock, conditions, log })
  closing.add(evidence.close)
  const well = () => ({ vision: moment.hasSeen && states.current.name === 'running', fleet: fleet.isConnected })
  const listening = createListening({
    ...{ config, alarm, fleet, moment, clock, log, simulated },
    vision: host,
    evidence,
    verdicts,
    remote: options.remote ?? null,
    present: () => ({ isCalm: moment.isCalm, visionRuns: well().vision }),
  })
  closing.add(listening.close)
  const heartbeat = createHeartbeat({ fleet, metrics, conditions, inputs, states, host, moment, clock, evidence })
  const beat = { name: 'heartbeat', schedule: config.fleet.heartbeat, work: heartbeat }
  const pruning = createPruning(stateFolder(config.state.dir), clock, log)
  const jobs = createJobs([beat, summaries.job, pruning, evidence.job], { phase: phaseOf(config.vehicle.fleet, config.vehicle.id), log })
  closing.add(jobs.close)
  const shed = (isOn: boolean) => {
    aim.shed(isOn)
    evidence.pause(isOn)
    fleet.holdSummaries(isOn)
  }
  closing.add(watchStrain({ host, conditions, now: clock.monotonicMs, shed }))
  const isAdvancing = () => watchdog.due(clock.monotonicMs())
  const served = await openHealth(
    config.health.port,
    { metrics, conditions, fleet, host, moment, clock, evidence, isAdvancing, isWatching: () => well().vision },
    log,
  )
  closing.add(served)
  closing.add(() => aim.close())
  closing.add(await openControl(config.state.dir, { aim, selfTest: listening.selfTest, well }, log))
  const feeding = setInterval(() => {
    if (watchdog.due(clock.monotonicMs())) notifier.watchdog()
  }, notifier.watchdogMs / 2)
  closing.add(() => clearInterval(feeding))
  notifier.ready()

  return {
    ended: end.reached,
    silence: alarm.close,
    well,
    isCalm: () => moment.isCalm,
    owe: listening.owe,
    async stop(isRestart = false) {
      // Each step is bounded, and a restart takes several: systemd hears that it goes on.
      if (!isRestart) notifier.stopping()
      alarm.close()
      await closing.run(isRestart ? notifier.watchdog : undefined)
    },
  }
}
