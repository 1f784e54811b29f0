/** A drive without a power cut: the box comes up by itself, alarms, heeds the button, and comes back from kills. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isOnAfter, offFrom, risesIn, wires } from './edges.js'
import { type Findings, seconds } from './findings.js'
import type { Machine } from './machine.js'
import type { Arrived, Outside } from './outside.js'

/** What the service says when it has its first observation. */
export const WATCHING = /Watching /
/** Emulated beside other work, a start may take minutes. */
export const UP_WITHIN_MS = 1_800_000
const ALARM_WITHIN_MS = 1_200_000
/** A shell's answer. */
const ANSWER_MS = 120_000
const POLL_MS = 20
const OUTPUTS = [wires.buzzer, wires.led]

type Wanted = { rule: string; level?: number; phase?: string }

/** The first event of that kind since `fromMs`; null where none came. */
const alertOf = async ({ arrived }: Outside, wanted: Wanted, fromMs: number): Promise<Arrived | null> => {
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
 * @returns that time by the box's clock, seconds; null where it does not come up
 */
export const comesUp = async (machine: Machine, outside: Outside, findings: Findings): Promise<number | null> => {
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
  return inside
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

/** The processes of the service, and what finds each from a shell. */
const main = '$(systemctl show -P MainPID kantukd)'
// the brackets: grep itself must not be found
const vision = "$(grep -l 'visio[n]/worker' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3)"
const victims = [
  { name: 'the main process', pids: main, isMain: true },
  { name: 'the vision process', pids: vision, isMain: false },
  { name: 'both processes', pids: `${main} ${vision}`, isMain: true },
]

/**
 * SIGKILL while the alarm sounds. Without its main process both outputs go off at once; without its eyes the alarm holds, and is off when
 * they see open ones. Either way it watches again.
 */
export const survivesKills = async (machine: Machine, outside: Outside, findings: Findings): Promise<void> => {
  for (const { name: victim, pids, isMain } of victims) {
    const sleeps = await alertOf(outside, { rule: 'sleep', level: 3 }, performance.now())
    const wasOn = isOnAfter(machine.edges, wires.buzzer)
    const killedMs = performance.now()
    const uptime = Number((await machine.command(`read up idle </proc/uptime; echo $up; kill -9 ${pids}`, ANSWER_MS)) ?? Number.NaN)
    const again = await machine.hears(WATCHING, UP_WITHIN_MS, killedMs)
    if (again === null || sleeps === null) {
      findings.row(`kill -9 of ${victim} in an alarm`, false, sleeps === null ? 'there was no alarm' : 'it did not come back')
      continue
    }
    if (!isMain) await alertOf(outside, { rule: 'sleep', phase: 'ended' }, killedMs)
    await sleep(1000)
    const off = offFrom(machine.edges, OUTPUTS, killedMs, isMain ? again.atMs : performance.now())
    findings.row(
      isMain
        ? `kill -9 of ${victim} in an alarm: both outputs off`
        : `kill -9 of ${victim} in an alarm: off when its eyes are back and see open ones`,
      wasOn && off !== null,
      off === null ? 'ON' : `${wasOn ? '' : 'it did not sound; '}off after ${seconds(off - killedMs)} of emulation`,
    )
    findings.row(
      'and it watches again by itself',
      true,
      `after ${again.bootSeconds === null ? '?' : (again.bootSeconds - uptime).toFixed(1)} s by the box’s clock (${seconds(again.atMs - killedMs)} of emulation)`,
    )
  }
}
