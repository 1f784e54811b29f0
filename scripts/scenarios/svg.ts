/** Draws how a story was judged: eyes, length of the closure, PERCLOS, level, and the events. */
import type { Verdict } from '../../daemon/judgement/index.js'
import { document, line, path, rect, text } from './plot.js'
import type { Story } from './story.js'
import { defaultPolicy, type Told } from './tell.js'

const WIDTH = 960
const LEFT = 120
const RIGHT = 24
const TOP = 44
const EVENT_ROW = 16
const ROW_GAP = 26

const EYES = { open: '#dcefe0', closed: '#39424e', unseen: '#c9c9c9' } as const
const LEVELS = ['#dcefe0', '#f5dd7b', '#f2a541', '#dd4b39', '#8e1b3a'] as const
const DECIDED = '#1f4e8c'

// Own: what lies long before the first event and after the last says nothing new.
const BEFORE_S = 6
const AFTER_S = 4

type Scale = (value: number) => number
type Row = { name: string; top: number; height: number }

/** Runs of equal values over time, as `[from, to, value]`, ms. */
function runsOf<T>(verdicts: readonly Verdict[], value: (v: Verdict) => T): [number, number, T][] {
  const out: [number, number, T][] = []
  verdicts.forEach((verdict, i) => {
    const last = out.at(-1)
    const toMs = verdicts[i + 1]?.atMs ?? verdict.atMs
    if (last !== undefined && last[2] === value(verdict)) last[1] = toMs
    else out.push([verdict.atMs, toMs, value(verdict)])
  })
  return out
}

function curve(verdicts: readonly Verdict[], x: Scale, row: Row, top: number, value: (v: Verdict) => number | null): string {
  const y = (v: number) => row.top + row.height * (1 - Math.min(v, top) / top)
  return path(
    verdicts.flatMap((v) => {
      const known = value(v)
      return known === null ? [] : [[x(v.atMs), y(known)] as const]
    }),
    '#39424e',
  )
}

const ruled = (row: Row, top: number, marks: readonly (readonly [number, string])[]): string[] =>
  marks.flatMap(([value, label]) => {
    const y = row.top + row.height * (1 - value / top)
    return [line(LEFT, y, WIDTH - RIGHT, y, '#bbbbbb', '3 3'), text(LEFT - 6, y + 4, label, { anchor: 'end', size: 10, fill: '#777' })]
  })

function axis(x: Scale, fromS: number, toS: number, y: number): string[] {
  const step = [1, 2, 5, 10, 20, 30, 60, 120].find((s) => (toS - fromS) / s <= 16) ?? 300
  const ticks = Array.from({ length: Math.floor(toS / step) + 1 }, (_, i) => i * step).filter((s) => s >= fromS)
  return ticks.flatMap((s) => [
    line(x(s * 1000), y, x(s * 1000), y + 4, '#777'),
    text(x(s * 1000), y + 16, `${s} s`, { anchor: 'middle', size: 10 }),
  ])
}

/** @returns the SVG's text; the part of the story around its events, or all of it when there is none */
export function timelineSvg(story: Story, told: Told): string {
  const times = told.decisions.map(({ atMs }) => atMs / 1000)
  const fromS = Math.max(
    0,
    Math.min(...told.decisions.map(({ startedMs }) => startedMs / 1000), ...times, story.timeline.seconds) - BEFORE_S,
  )
  const isEmpty = times.length === 0
  const [startS, endS] = isEmpty ? [0, story.timeline.seconds] : [fromS, Math.min(story.timeline.seconds, Math.max(...times) + AFTER_S)]
  const shown = told.verdicts.filter(({ atMs }) => atMs >= startS * 1000 && atMs <= endS * 1000)
  const x: Scale = (ms) => LEFT + ((WIDTH - LEFT - RIGHT) * (ms / 1000 - startS)) / (endS - startS)

  let nextTop = TOP + told.decisions.length * EVENT_ROW + 8
  const row = (name: string, height: number): Row => {
    const made = { name, top: nextTop, height }
    nextTop += height + ROW_GAP
    return made
  }
  const [eyes, closure, perclos, level] = [row('eyes', 18), row('closure', 90), row('PERCLOS 60 s', 60), row('level', 44)]
  const band = <T>(where: Row, value: (v: Verdict) => T, colour: (value: T) => string) =>
    runsOf(shown, value).map(([a, b, v]) => rect(x(a), where.top, x(b) - x(a), where.height, colour(v)))
  const closureTop = 10
  const steps = [defaultPolicy.microsleepMs, defaultPolicy.sleepMs, 6000].map((ms) => [ms / 1000, `${ms / 1000} s`] as const)
  const bars = runsOf(shown, (v) => v.level).map(([a, b, v]) => {
    const height = (level.height * v) / 4
    return rect(x(a), level.top + level.height - height, x(b) - x(a), height, LEVELS[v])
  })
  const marks = [0, 1, 2, 3, 4].map((n) => [n, String(n)] as const)
  const events = told.decisions.flatMap((d, i) => {
    const [at, y] = [x(d.atMs), TOP + i * EVENT_ROW]
    const words = `${(d.atMs / 1000).toFixed(2)} s  ${d.rule} ${d.phase === 'ended' ? 'ended' : `level ${d.level}`}`
    const isLate = at > WIDTH * 0.7
    return [
      line(at, y + 3, at, level.top + level.height, DECIDED, '2 3'),
      text(at + (isLate ? -4 : 4), y + 4, words, { size: 11, fill: DECIDED, anchor: isLate ? 'end' : 'start' }),
    ]
  })
  const bottom = level.top + level.height
  return document(WIDTH, bottom + 28, story.title, [
    text(LEFT, 22, `${story.title}: judged at ${told.fps} frames a second`, { size: 14 }),
    ...[eyes, closure, perclos, level].map(({ name, top }) => text(LEFT - 34, top + 12, name, { anchor: 'end', size: 11 })),
    ...band(
      eyes,
      (v) => v.eyes,
      (state) => EYES[state],
    ),
    ...ruled(closure, closureTop, [[0, '0'], ...steps]),
    curve(shown, x, closure, closureTop, ({ closedMs }) => closedMs / 1000),
    ...ruled(perclos, 0.25, [
      [0, '0'],
      [0.08, '8 %'],
      [0.12, '12 %'],
    ]),
    curve(shown, x, perclos, 0.25, ({ measures }) => measures.perclos60),
    ...bars,
    ...ruled(level, 4, marks),
    ...events,
    line(LEFT, bottom, WIDTH - RIGHT, bottom, '#777'),
    ...axis(x, startS, endS, bottom),
  ])
}
