/** The power goes, again and again: emulator and disk die together. Afterwards all that was safe in the outbox must have arrived. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, accountOf, type Numbered } from './account.js'
import { STARTING, UP_WITHIN_MS, WATCHING } from './drive.js'
import { risesIn, wires } from './edges.js'
import { type Machine, type MachineFiles, powerOn } from './machine.js'
import type { Outside } from './outside.js'
import type { Cut, Kind } from './plan.js'

/** One cut, and what was seen of it. */
export type CutSeen = Cut & {
  /** The service watched before the power went, or was starting where the cut was to fall within that; null: it was not waited for. */
  isUp: boolean | null
  /** No output was on from power-on until the service watched, or until the cut. */
  isOff: boolean
  /** The box's clock when the power went, seconds; null: not known. */
  boxSeconds: number | null
  /** Different messages seen in the outbox until then. */
  waiting: number
}

/** What is kept over all power-ons; written after each, so that a run that was ended goes on. */
export type Ledger = { cuts: CutSeen[]; witnessed: Numbered[]; received: Numbered[] }

const POLL_MS = 200
const DRAINED_WITHIN_MS = 900_000

/** The newest stamp on the console: the box's clock before anything runs that could be asked. */
const stampOf = ({ said }: Machine): number => said.findLast(({ bootSeconds }) => bootSeconds !== null)?.bootSeconds ?? 0

const uptimeOf = async (machine: Machine): Promise<number | null> => {
  const answer = await machine.command('read up idle </proc/uptime; echo $up', 120_000)
  return answer === null ? null : Number(answer)
}

/** Nothing of an earlier life sounds: no rise between power-on and the first observation. */
const isOffUntil = ({ edges, onMs }: Machine, untilMs: number): boolean =>
  [wires.buzzer, wires.led].every((line) => risesIn(edges, line, onMs, untilMs) === 0)

const early = async (machine: Machine, cut: Cut): Promise<Omit<CutSeen, 'waiting'>> => {
  for (const endMs = performance.now() + UP_WITHIN_MS; stampOf(machine) < cut.seconds && performance.now() < endMs; ) await sleep(20)
  return { ...cut, isUp: null, isOff: isOffUntil(machine, performance.now()), boxSeconds: stampOf(machine) }
}

/** Waits for a line of the service, and then by the box's clock. */
const after = async (machine: Machine, cut: Cut, line: RegExp): Promise<Omit<CutSeen, 'waiting'>> => {
  const heard = await machine.hears(line, UP_WITHIN_MS)
  if (heard === null) return { ...cut, isUp: false, isOff: isOffUntil(machine, performance.now()), boxSeconds: stampOf(machine) }
  const from = heard.bootSeconds ?? (await uptimeOf(machine))
  let now = await uptimeOf(machine)
  while (from !== null && now !== null && now < from + cut.seconds) {
    await sleep(POLL_MS)
    now = await uptimeOf(machine)
  }
  const watching = machine.said.find(({ text }) => WATCHING.test(text))
  return { ...cut, isUp: true, isOff: isOffUntil(machine, watching?.atMs ?? performance.now()), boxSeconds: now }
}

const lives: Record<Kind, (machine: Machine, cut: Cut) => Promise<Omit<CutSeen, 'waiting'>>> = {
  early,
  start: (machine, cut) => after(machine, cut, STARTING),
  drive: (machine, cut) => after(machine, cut, WATCHING),
}

/** One life of the box, from power-on to the cut. */
export const liveAndCut = async (files: MachineFiles, outside: Outside, cut: Cut, ledger: Ledger): Promise<CutSeen> => {
  outside.road.allow(cut.isRoadOpen)
  const machine = await powerOn(files)
  const seen = await lives[cut.kind](machine, cut)
  await machine.cut()
  ledger.witnessed.push(...distinct(machine.witnessed))
  return { ...seen, waiting: distinct(machine.witnessed).length }
}

/**
 * The last life: the road is open, and what waits is sent.
 * @param live what is done in it before the account is made; not where it does not come up
 * @returns the account, and whether the box came up
 */
export const settle = async (
  files: MachineFiles,
  outside: Outside,
  ledger: Ledger,
  live: (machine: Machine) => Promise<void>,
): Promise<{ isUp: boolean; isOff: boolean; account: Account }> => {
  outside.road.allow(true)
  const machine = await powerOn(files)
  const watching = await machine.hears(WATCHING, UP_WITHIN_MS)
  if (watching !== null) await live(machine)
  const account = () => accountOf([...ledger.witnessed, ...machine.witnessed], [...ledger.received, ...outside.numbered()])
  const isWhole = ({ lost, holes }: Account) => lost.length + holes.length === 0 && outside.numbered().length > 0
  for (const endMs = performance.now() + DRAINED_WITHIN_MS; !isWhole(account()) && performance.now() < endMs; ) await sleep(POLL_MS)
  const found = account()
  await machine.cut()
  return { isUp: watching !== null, isOff: watching !== null && isOffUntil(machine, watching.atMs), account: found }
}

const distinct = (seen: readonly Numbered[]): Numbered[] => [...new Map(seen.map((each) => [each.id, each])).values()]
