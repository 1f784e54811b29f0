/** `kantukd self-test`: buzzer and light, a frame, a test event. The running service is asked to do it with its own lines; where none runs, it is done here. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createAlarm, createAlarmOutput, patterns } from '../alarm/index.js'
import type { Config } from '../config/index.js'
import { askService } from '../control/ask.js'
import { socketToAsk } from '../control/place.js'
import { logIn } from '../doctor/broker.js'
import { look } from '../doctor/camera.js'
import { isServiceActive } from '../doctor/service.js'
import { bootTime } from '../fleet/boot-time.js'
import { machineClock } from '../fleet/clock.js'
import { createEvents } from '../fleet/events.js'
import { liveIds } from '../fleet/ids.js'
import { connectionFault, placeOf } from '../fleet/index.js'
import { eventToSend } from '../fleet/payloads/send.js'
import { propertiesOf } from '../fleet/properties.js'
import { delivery, topicsOf } from '../fleet/topics.js'
import { reasonOf } from '../reason-of.js'
import type { Signal } from '../signal.js'
import { isSimulated } from '../vision/camera/kinds.js'
import { testDecision } from '../wiring/commands/self-test.js'
import { configuration } from './configuration.js'
import { type ExitCode, UsageError } from './faults.js'
import { requireRunnable } from './runnable.js'

export type SelfTestFlags = { config?: string; pattern?: string; json?: true; simulated?: true }

type Finding = {
  check: 'pattern' | 'outputs' | 'camera' | 'model' | 'event'
  status: 'pass' | 'fail'
  message: string
  cure: string | null
}
type Tell = (check: Finding['check'], message: string, cure?: string) => void

// Own: long enough to know a pattern again, the beep of `cannot-see` included.
const PATTERN_MS = 2500
const PAUSE_MS = 500
const GOODBYE_WITHIN_MS = 1000

const names = (Object.keys(patterns) as Signal[]).filter((name) => name !== 'clear')

function wanted(pattern: string | undefined): readonly Signal[] {
  if (pattern === undefined) return names
  const chosen = names.filter((name) => name === pattern)
  if (chosen.length === 0) throw new UsageError(`there is no pattern "${pattern}": choose one of ${names.join(', ')}`)
  return chosen
}

/** A message of the GPIO room is "what; cure". */
function failOutputs(message: string, fail: Tell): void {
  const [what = message, ...cure] = message.split('; ')
  fail('outputs', what, cure.join('; ') || 'check the wiring and alarm.buzzer, alarm.led; kantukd doctor')
}

/** Each pattern by its name, said before it sounds. */
async function sound(config: Config, chosen: readonly Signal[], pass: Tell, fail: Tell): Promise<void> {
  const { output } = config.alarm
  if (output !== 'gpio') fail('outputs', `alarm.output is ${output}: no buzzer sounds and no light shines`, 'set alarm.output to gpio')
  const faults: string[] = []
  try {
    const alarm = createAlarm(createAlarmOutput(config), { onFault: ({ message }) => void faults.push(message) })
    for (const name of chosen) {
      pass('pattern', name)
      alarm.show(name)
      await sleep(PATTERN_MS)
      alarm.show('clear')
      await sleep(PAUSE_MS)
    }
    alarm.close()
  } catch (fault) {
    faults.push(reasonOf(fault))
  }
  const [refusal] = faults
  if (refusal !== undefined) failOutputs(refusal, fail)
  else if (output === 'gpio') pass('outputs', 'buzzer and light were switched; whether they were heard and seen, you know')
}

async function takeFrame(config: Config, pass: Tell, fail: Tell): Promise<void> {
  const { state, observations } = await look({ config })
  const why = state.name === 'restarting' ? state.why : 'no frame came'
  if (observations.length > 0) pass('camera', `${observations.length} frames came`)
  else fail('camera', why, 'is it plugged in, and does nothing else use it? kantukd doctor says more')
  if (state.name === 'running' && state.instead !== null)
    fail('model', `a shipped model stands in: ${state.instead}`, 'correct classifier.model and locate.modelsDir, or install kantukd again')
}

/** Under a name of its own, and without the outbox: it counts its `seq` from 1, and disturbs nothing that waits. */
async function publish(config: Config, pass: Tell, fail: Tell): Promise<void> {
  const { fleet, vehicle, alarm } = config
  try {
    const clock = machineClock()
    const session = await logIn(fleet.url, fleet, `kantuk-${vehicle.fleet}-${vehicle.id}-self-test`)
    const simulated = isSimulated(config)
    const events = createEvents({ ids: liveIds(), vehicle: vehicle.id, bootId: clock.bootId, recording: false, simulated })
    const now = { bootId: clock.bootId, monotonicMs: clock.monotonicMs(), bootWallMs: bootTime(clock)() }
    const { event } = events.next(testDecision(1, now.monotonicMs, alarm.output, 0), clock.wallMs(), clock.synced())
    const message = eventToSend(JSON.stringify(event), now)
    const { alert } = topicsOf(vehicle.fleet, vehicle.id)
    try {
      await session.publish(alert, JSON.stringify(message), delivery.alert, propertiesOf(vehicle.id, message, delivery.alert))
    } finally {
      await session.end(GOODBYE_WITHIN_MS)
    }
    pass('event', `${placeOf(fleet.url)} has the event ${event.id} of the rule self-test`)
  } catch (fault) {
    const known = connectionFault(fault instanceof Error ? fault : new Error(String(fault)), fleet.url)
    const cure =
      known.code === 'forbidden'
        ? `let it publish below kantuk/${vehicle.fleet}/${vehicle.id}/: docs/fleet.md`
        : 'kantukd doctor says at which step; check fleet.url'
    fail('event', known.message, cure)
  }
}

/** @returns false: no service runs, and nothing was done */
async function askRunning(config: Config, hasPattern: boolean, pass: Tell, fail: Tell): Promise<boolean> {
  const socket = socketToAsk(config.state.dir)
  const stop = 'the service runs and has the lines: sudo systemctl stop kantukd, then run this again'
  if (hasPattern && (await isServiceActive())) throw new UsageError(stop)
  const reply = hasPattern ? null : await askService(socket, { ask: 'self-test' })
  if (reply === null) {
    if (await isServiceActive()) throw new UsageError(stop)
    return false
  }
  if (reply.answer === 'refused') {
    fail('outputs', reply.message, 'run it again when nothing is shown to the driver, 30 s after the last test')
    return true
  }
  if (reply.answer !== 'tested') throw new UsageError('the running service is of another version: sudo systemctl restart kantukd')
  if (reply.fault !== null) failOutputs(reply.fault, fail)
  else if (reply.output === 'gpio') pass('outputs', 'the running service sounds its test pattern on buzzer and light')
  else fail('outputs', `alarm.output of the running service is ${reply.output}: no buzzer sounds`, 'set alarm.output to gpio')
  if (reply.watching) pass('camera', 'the running service has frames')
  else fail('camera', 'the running service has no frames', 'journalctl -u kantukd says why')
  if (reply.connected) pass('event', `the running service sends the event ${reply.event} of the rule self-test`)
  else fail('event', `the event ${reply.event} waits: the broker is not connected`, 'journalctl -u kantukd says why')
  return true
}

/** Exit code 1 when anything fails. */
export async function selfTestCommand(flags: SelfTestFlags): Promise<ExitCode> {
  const { config } = configuration(flags.config)
  const chosen = wanted(flags.pattern)
  let code: ExitCode = 0
  const print = (finding: Finding) => {
    const { check, status, message, cure } = finding
    const text = `${status === 'pass' ? '✓' : '✗'} ${check.padEnd(8)} ${message}\n${cure === null ? '' : `           → ${cure}\n`}`
    process.stdout.write(flags.json === true ? `${JSON.stringify(finding)}\n` : text)
  }
  const pass: Tell = (check, message) => print({ check, status: 'pass', message, cure: null })
  const fail: Tell = (check, message, cure) => {
    code = 1
    print({ check, status: 'fail', message, cure: cure ?? null })
  }
  if (await askRunning(config, flags.pattern !== undefined, pass, fail)) return code
  requireRunnable(config, flags.simulated === true)
  // The player switches the lines off at the exit.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  await sound(config, chosen, pass, fail)
  if (flags.pattern !== undefined) return code
  await takeFrame(config, pass, fail)
  await publish(config, pass, fail)
  return code
}
