/** A drive without a power cut: the box comes up by itself, alarms, and heeds the button. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isOnAfter, risesIn, wires } from './edges.js'
import { type Findings, seconds } from './findings.js'
import type { Machine } from './machine.js'
import type { Arrived, Outside } from './outside.js'
import type { Boot } from './plan.js'

/** What the service says first, before it opens anything. */
export const STARTING = /kantukd starts with /
/** What the service says when it has its first observation. */
export const WATCHING = /Watching /
/** Emulated beside other work, a start may take minutes. */
export const UP_WITHIN_MS = 1_800_000
const ALARM_WITHIN_MS = 1_200_000
const POLL_MS = 20
export const OUTPUTS = [wires.buzzer, wires.led]

type Wanted = { rule: string; level?: number; phase?: string }

/** The first event of that kind since `fromMs`; null where none came. */
export const alertOf = async ({ arrived }: Outside, wanted: Wanted, fromMs: number): Promise<Arrived | null> => {
  const isIt = ({ atMs, topic, payload }: Arrived) =>
    topic === 'alert' && atMs >= fromMs && Object.entries(wanted).every(([key, value]) => payload[key] === value)
  for (const endMs = performance.now() + ALARM_WITHIN_MS; performance.now() < endMs; await sleep(POLL_MS)) {
    const found = arrived.find(isIt)
    if (found !== undefined) return found
  }
  return null
}

/** The box's own clock at an event, seconds since its boot. */
const bootSecondsOf = (event: Arrived | null): number | null => {
  const clock = event?.payload.clock
  return typeof clock === 'object' && clock !== null && 'monotonicMs' in clock ? Number(clock.monotonicMs) / 1000 : null
}

/**
 * Power-on to the first observation, and who hears of it outside.
 * @returns its times by the box's clock; null where it does not come up
 */
export const comesUp = async (machine: Machine, outside: Outside, findings: Findings): Promise<Boot | null> => {
  const watching = await machine.hears(WATCHING, UP_WITHIN_MS)
  const inside = watching?.bootSeconds ?? null
  const emulationMs = watching === null ? null : watching.atMs - machine.onMs
  findings.figures.bootToFirstObservation = { boxSeconds: inside, emulationMs }
  findings.row(
    'the service comes up by itself, and sees',
    inside !== null,
    inside === null || emulationMs === null
      ? 'nothing was seen'
      : `${inside.toFixed(1)} s after power-on by the box’s clock (${seconds(emulationMs)} of emulation)`,
  )
  const topics = await heard(outside, ['birth', 'status'])
  findings.row('birth and status arrive outside', topics.length === 2, topics.join(', '))
  const startSeconds = machine.said.find(({ text }) => STARTING.test(text))?.bootSeconds ?? null
  return inside === null || startSeconds === null ? null : { startSeconds, bootSeconds: inside }
}

const heard = async ({ arrived }: Outside, topics: readonly string[]): Promise<string[]> => {
  const found = () => topics.filter((topic) => arrived.some((each) => each.topic === topic))
  for (const endMs = performance.now() + ALARM_WITHIN_MS; found().length < topics.length && performance.now() < endMs; )
    await sleep(POLL_MS)
  return found()
}

/** One closure of the story: beeps, the button that quiets them, the tone of sleep that it does not, and silence when the eyes are open. */
export const alarms = async (machine: Machine, outside: Outside, findings: Findings): Promise<void> => {
  const fromMs = performance.now()
  const microsleep = await alertOf(outside, { rule: 'microsleep', level: 2 }, fromMs)
  const heardMs = microsleep?.atMs ?? Number.NaN
  const edge = machine.edges.find(({ line, isOn, atMs }) => line === wires.buzzer && isOn && atMs >= fromMs)
  findings.figures.microsleep = { boxSeconds: bootSecondsOf(microsleep), edgeBeforeAlertEmulationMs: edge ? heardMs - edge.atMs : null }
  findings.row(
    'a microsleep raises the wire of the buzzer, then the alert arrives outside',
    edge !== undefined && edge.atMs < heardMs,
    edge === undefined ? 'no edge' : `the edge ${seconds(heardMs - edge.atMs)} of emulation before the alert`,
  )

  const pressedMs = performance.now()
  machine.press(true)
  const sleeps = await alertOf(outside, { rule: 'sleep', level: 3 }, pressedMs)
  machine.press(false)
  const untilMs = sleeps?.atMs ?? Number.NaN
  const beeps = risesIn(machine.edges, wires.buzzer, pressedMs, untilMs)
  findings.figures.button = { beepsAfterPress: beeps }
  findings.row(
    'the button, pressed outside, quiets the beeps',
    sleeps !== null && beeps <= BEEPS_UNDER_WAY,
    `${beeps} rises from the press to the tone of sleep`,
  )
  const isOn = isOnAfter(
    machine.edges.filter(({ atMs }) => atMs <= untilMs),
    wires.buzzer,
  )
  findings.row('the tone of sleep sounds all the same, and its alert arrives', sleeps !== null && isOn)

  const ended = await alertOf(outside, { rule: 'sleep', phase: 'ended' }, pressedMs)
  await sleep(1000)
  findings.row(
    'when the eyes are open again both outputs are off, and the end is told',
    ended !== null && OUTPUTS.every((line) => !isOnAfter(machine.edges, line)),
  )
}
// Own: what is under way when the button is pressed, and the tone of sleep itself; unheeded there were six.
const BEEPS_UNDER_WAY = 3
