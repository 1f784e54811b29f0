/** Processes of the service are killed in the middle of an alarm: the outputs go off, and it watches again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { alertOf, OUTPUTS, UP_WITHIN_MS, WATCHING } from './drive.js'
import { isOnAfter, offFrom, wires } from './edges.js'
import { type Findings, seconds } from './findings.js'
import type { Machine } from './machine.js'
import type { Outside } from './outside.js'

/** A shell's answer. */
const ANSWER_MS = 120_000

/** `pids`: what finds it from a shell. */
export type Victim = { name: string; pids: string; isMain: boolean }

const main = '$(systemctl show -P MainPID kantukd)'
// the brackets: grep itself must not be found
const vision = "$(grep -l 'visio[n]/worker' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3)"
export const victims: readonly Victim[] = [
  { name: 'the main process', pids: main, isMain: true },
  { name: 'the vision process', pids: vision, isMain: false },
  { name: 'both processes', pids: `${main} ${vision}`, isMain: true },
  // With those that hold the lines: nobody of the service is left to let go of them but systemd's outputs-off.
  { name: 'all processes of the service', pids: '$(cat /sys/fs/cgroup/system.slice/kantukd.service/cgroup.procs)', isMain: true },
]

/**
 * SIGKILL while the tone of sleep sounds. Without its main process both outputs go off at once; without its eyes the alarm holds, and is off
 * when they see open ones. Either way it watches again.
 */
export const survivesKill = async (
  { name, pids, isMain }: Victim,
  machine: Machine,
  outside: Outside,
  findings: Findings,
): Promise<void> => {
  const what = `kill -9 of ${name} in an alarm`
  const sleeps = await alertOf(outside, { rule: 'sleep', level: 3 }, performance.now())
  const wasOn = isOnAfter(machine.edges, wires.buzzer)
  const killedMs = performance.now()
  const uptime = Number((await machine.command(`read up idle </proc/uptime; echo $up; kill -9 ${pids}`, ANSWER_MS)) ?? Number.NaN)
  const again = await machine.hears(WATCHING, UP_WITHIN_MS, killedMs)
  if (again === null || sleeps === null) {
    findings.row(what, false, sleeps === null ? 'there was no alarm' : 'it did not come back')
    return
  }
  if (!isMain) await alertOf(outside, { rule: 'sleep', phase: 'ended' }, killedMs)
  await sleep(1000)
  const off = offFrom(machine.edges, OUTPUTS, killedMs, isMain ? again.atMs : performance.now())
  findings.row(
    `${what}: ${isMain ? 'both outputs off' : 'off when its eyes are back and see open ones'}`,
    wasOn && off !== null,
    off === null ? 'ON' : `${wasOn ? '' : 'it did not sound; '}off after ${seconds(off - killedMs)} of emulation`,
  )
  findings.row(
    `and it watches again by itself after that of ${name}`,
    true,
    `after ${again.bootSeconds === null ? '?' : (again.bootSeconds - uptime).toFixed(1)} s by the box’s clock (${seconds(again.atMs - killedMs)} of emulation)`,
  )
}
