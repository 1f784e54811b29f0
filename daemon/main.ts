/** The composition root: builds the parts, wires them, starts them, stops them in reverse. */

import { createAim } from './aim/index.js'
import { createAlarm, createAlarmOutput, createExchangeableOutput, type LinesOptions } from './alarm/index.js'
import { codedSentence } from './coded.js'
import type { Config } from './config/index.js'
import type { Daemon, DaemonOptions } from './daemon.js'
import { machineClock } from './fleet/clock.js'
import { watchSynchronised } from './fleet/synchronised.js'
import { openVerdicts } from './fleet/verdicts/index.js'
import { createConditions } from './health/conditions.js'
import { createMetrics } from './health/metrics.js'
import { createNotifier } from './health/notify.js'
import { createWatchdog } from './health/watchdog.js'
import { createOutputsNote } from './state/outputs-note.js'
import { runtimeFolder, stateFile, stateFolder } from './state-folder.js'
import { isRecorded } from './vision/camera/kinds.js'
import { planChange } from './wiring/change.js'
import { type Closing, createClosing } from './wiring/closing.js'
import { createEnd } from './wiring/end.js'
import { createEvidenceKeeping } from './wiring/evidence.js'
import { createEyes } from './wiring/eyes.js'
import { goOnWithout } from './wiring/go-on-without.js'
import { createExchangeableInputs } from './wiring/inputs.js'
import { createListening } from './wiring/listening.js'
import { createMoment } from './wiring/moment.js'
import { createObserving } from './wiring/observing.js'
import { changeableParts } from './wiring/parts.js'
import { openRemembering } from './wiring/remembering.js'
import { createSounding } from './wiring/sounding.js'
import { createSummaryKeeping } from './wiring/summaries.js'
import { openTelling } from './wiring/telling.js'
import { createTrips } from './wiring/trips.js'
import { openUpkeep } from './wiring/upkeep.js'
import { createViewing } from './wiring/viewing.js'
import { createVisionStates } from './wiring/vision-states.js'

/**
 * Starts the daemon.
 * @throws GpioError when buzzer or light cannot be driven and this is not the last resort, FleetError, JobsError: before anything runs
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
  const conditions = createConditions(log, options.standing)
  const note = createOutputsNote(runtimeFolder() ?? stateFolder(config.state.dir), clock.bootId, warn)
  closing.add(note.close)
  const openOutput = (wanted: Config, whoIsTold: LinesOptions = {}) =>
    createAlarmOutput(wanted, process.stderr, { ...whoIsTold, onDriven: note.set })
  const output = createExchangeableOutput(
    openOutput(config, options.isLastResort === true ? { onRefused: goOnWithout(log, conditions) } : {}),
  )
  const alarm = createAlarm(output, {
    onFault(fault) {
      log.error(`The alarm cannot be switched: ${codedSentence(fault)}`)
      conditions.tell('output-refuses', true, null)
    },
    onGood: () => conditions.tell('output-refuses', false, 'Buzzer and light can be switched again.'),
  })
  closing.add(alarm.close)
  const { fleet, store, past, introductionOf } = await openTelling(
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
  const states = createVisionStates(log, notifier, conditions, end, isRecorded(config.camera.kind))
  const verdicts = openVerdicts(stateFile(config.state.dir, 'verdicts.jsonl'), warn)
  const summaries = createSummaryKeeping({ vehicle: config.vehicle.id, simulated, store, past, clock, fleet, inputs, verdicts, log })
  const moment = createMoment()
  const trips = createTrips({
    ...{ inputs, log, end },
    config: () => current.ignition,
    isCalm: () => moment.isCalm,
    onTrip(news) {
      summaries.trip(news)
      options.onTrip?.(news)
    },
  })
  closing.add(() => trips.close(clock.monotonicMs()))
  closing.add(summaries.stop)
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
    ...{ inForce, alarm, fleet, moment, inputs, clock, log, simulated, verdicts },
    vision: host,
    evidence,
    remote: options.remote ?? null,
    present: () => ({ isCalm: moment.isCalm, visionRuns: well().vision }),
  })
  closing.add(listening.close)
  const { jobs, health } = await openUpkeep(
    {
      ...{ config, metrics, conditions, inputs, states, host, moment, fleet, clock },
      ...{ evidence, summaries, aim, watchdog, notifier, log, well, selfTest: listening.selfTest },
    },
    closing,
  )
  const adjustLog = options.adjustLog ?? (() => undefined)
  const parts = changeableParts({ output, openOutput, judgement, host, inputs, fleet, jobs, health, evidence, adjustLog, inForce })
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
