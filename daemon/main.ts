/** The composition root: builds the parts, wires them, starts them, stops them in reverse. */

import { createAim } from './aim/index.js'
import { createAlarm, createAlarmOutput, createExchangeableOutput } from './alarm/index.js'
import { codedSentence } from './coded.js'
import type { Condition } from './condition.js'
import type { Config } from './config/index.js'
import { machineClock } from './fleet/clock.js'
import { watchSynchronised } from './fleet/synchronised.js'
import { openVerdicts } from './fleet/verdicts/index.js'
import { createConditions } from './health/conditions.js'
import { createMetrics } from './health/metrics.js'
import { createNotifier } from './health/notify.js'
import { createWatchdog } from './health/watchdog.js'
import type { TripNews } from './inputs/trip.js'
import type { Verdict } from './judgement/index.js'
import type { Logger } from './log.js'
import type { Run } from './remote/run.js'
import { stateFile, stateFolder } from './state-folder.js'
import { planChange } from './wiring/change.js'
import { type Closing, createClosing } from './wiring/closing.js'
import { openControl } from './wiring/control.js'
import { createEnd } from './wiring/end.js'
import { createEvidenceKeeping } from './wiring/evidence.js'
import { createEyes, type Eyes } from './wiring/eyes.js'
import { openHealth } from './wiring/health.js'
import { createHeartbeat } from './wiring/heartbeat.js'
import { createExchangeableInputs } from './wiring/inputs.js'
import { createListening, type Remote } from './wiring/listening.js'
import { createMinute } from './wiring/minute.js'
import { createMoment } from './wiring/moment.js'
import { createObserving } from './wiring/observing.js'
import { changeableParts } from './wiring/parts.js'
import { createPruning } from './wiring/pruning.js'
import { openRemembering } from './wiring/remembering.js'
import { createSounding } from './wiring/sounding.js'
import { watchStrain } from './wiring/strain.js'
import { createSummaryKeeping } from './wiring/summaries.js'
import { openTelling } from './wiring/telling.js'
import { createTimetable } from './wiring/timetable.js'
import { createTrips } from './wiring/trips.js'
import { createViewing } from './wiring/viewing.js'
import { createVisionStates } from './wiring/vision-states.js'

export type DaemonOptions = {
  config: Config
  /** File of the eye-state model that a configuration asks for. */
  modelOf(classifier: Config['classifier']): string
  log: Logger
  /** Gives the log another level and format; without it, it keeps those that it has. */
  adjustLog?: (config: Config['log']) => void
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
  /** The eyes of the daemon before, where there was one in this program. */
  eyes?: Eyes
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
  const { config, log, simulated, recordDir, modelOf, threadFile } = options
  /** The configuration in force: the same until it is changed. */
  let current = config
  const inForce = () => current
  let isMakingWay = false
  const { eyes = createEyes() } = options
  const warn = (message: string) => log.warn(message)
  const synchronised = watchSynchronised()
  closing.add(synchronised.close)
  const clock = machineClock(synchronised.synced)
  const notifier = createNotifier({ onFault: warn })
  const output = createExchangeableOutput(createAlarmOutput(config))
  const alarm = createAlarm(output, { onFault: (fault) => log.error(`The alarm cannot be switched: ${codedSentence(fault)}`) })
  closing.add(alarm.close)
  const conditions = createConditions(log, options.standing)
  const { fleet, store, introductionOf } = await openTelling(
    {
      ...{ config, configFile: options.configFile ?? null, modelOf, simulated, threadFile, clock, conditions, log },
      onMessage: (incoming) => listening.take(incoming),
    },
    closing,
  )
  const { judgement, recorder, keep } = openRemembering({ config, simulated, recordDir, clock, log }, closing)
  const watchdog = createWatchdog({ intervalMs: notifier.watchdogMs, now: clock.monotonicMs })
  const metrics = createMetrics()
  const inputs = createExchangeableInputs(config, { log, now: clock.monotonicMs })
  closing.add(inputs.close)
  const end = createEnd()
  const states = createVisionStates(log, notifier, conditions, end, simulated)
  const verdicts = openVerdicts(stateFile(config.state.dir, 'verdicts.jsonl'), warn)
  const summaries = createSummaryKeeping({ vehicle: config.vehicle.id, simulated, store, clock, fleet, inputs, verdicts, log })
  const trips = createTrips(
    () => current.ignition,
    inputs,
    log,
    end,
    (news) => {
      summaries.trip(news)
      options.onTrip?.(news)
    },
  )
  closing.add(() => trips.close(clock.monotonicMs()))
  closing.add(summaries.stop)
  const moment = createMoment()
  const seen = { judgement, inputs, alarm, metrics, watchdog, fleet, recorder, moment, clock, log, absence: () => states.absence }
  const viewing = createViewing(() => host, warn)
  const aim = createAim({
    config: inForce,
    log,
    now: clock.monotonicMs,
    watchPictures: viewing.watch,
    sound: createSounding(alarm, () => current.alarm.output),
  })
  const observing = createObserving(seen, (observed) => {
    const { observation, verdict, nowMs } = observed
    trips.step(nowMs)
    summaries.step(observed)
    aim.saw(observation, verdict)
    evidence.step(observed)
    keep(nowMs)
    options.onVerdict?.(verdict)
  })
  closing.add(observing.finish)
  const host = eyes.open({
    config,
    onObservation: observing.observe,
    onPicture: viewing.take,
    onUnshown: viewing.fail,
    onState: states.follow,
    workerFile: options.workerFile,
  })
  closing.add(() => (isMakingWay ? eyes.leave() : host.close()))
  const evidence = createEvidenceKeeping({ config, simulated, viewing, clock, conditions, log })
  closing.add(evidence.close)
  const well = () => ({ vision: moment.hasSeen && states.current.name === 'running', fleet: fleet.isConnected })
  const listening = createListening({
    ...{ inForce, alarm, fleet, moment, clock, log, simulated, verdicts },
    vision: host,
    evidence,
    remote: options.remote ?? null,
    present: () => ({ isCalm: moment.isCalm, visionRuns: well().vision }),
  })
  closing.add(listening.close)
  const beat = createHeartbeat({ fleet, metrics, conditions, inputs, states, host, moment, clock, evidence })
  const isWatching = () => well().vision
  const minute = createMinute({ metrics, moment, inputs, fleet, clock, log, isWatching })
  const pruning = createPruning(stateFolder(config.state.dir), clock, log)
  const jobs = createTimetable(config, ({ fleet: { heartbeat } }) => [beat(heartbeat), minute, summaries.job, pruning, evidence.job], log)
  closing.add(jobs.close)
  const shed = (isOn: boolean) => {
    aim.shed(isOn)
    evidence.pause(isOn)
    fleet.holdSummaries(isOn)
  }
  closing.add(watchStrain({ host, conditions, now: clock.monotonicMs, shed }))
  const isAdvancing = () => watchdog.due(clock.monotonicMs())
  const measured = { metrics, conditions, fleet, host, moment, clock, evidence, isAdvancing, isWatching }
  const health = await openHealth(config.health.port, measured, log)
  closing.add(health.close)
  closing.add(() => aim.close())
  closing.add(await openControl(config.state.dir, { aim, selfTest: listening.selfTest, well }, log))
  const feeding = setInterval(() => {
    if (isAdvancing()) notifier.watchdog()
  }, notifier.watchdogMs / 2)
  closing.add(() => clearInterval(feeding))
  const adjustLog = options.adjustLog ?? (() => undefined)
  const parts = changeableParts({ output, judgement, host, inputs, fleet, jobs, health, evidence, adjustLog, inForce })
  notifier.ready()

  return {
    ended: end.reached,
    silence: alarm.close,
    well,
    isCalm: () => moment.isCalm,
    owe: listening.owe,
    condition: conditions.tell,
    plan(to) {
      const plan = planChange(parts, current, to)
      return {
        ...plan,
        async carryOut() {
          await plan.carryOut()
          current = to
          fleet.introduce(introductionOf(to))
        },
      }
    },
    async stop(isRestart = false) {
      // Each step is bounded, and a restart takes several: systemd hears that it goes on.
      if (!isRestart) notifier.stopping()
      isMakingWay = isRestart
      alarm.close()
      await closing.run(isRestart ? notifier.watchdog : undefined)
    },
  }
}
