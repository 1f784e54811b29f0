/** The recordings through the daemon's chain, each by a model that never saw whose eyes are in it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readMarks } from '../../marks.js'
import { FOOTAGE_PEOPLE } from '../data/footage-people.js'
import type { Job } from '../jobs.js'
import { jobOnnx } from '../places.js'
import { awakeFigures, closureFigures, watch } from './footage.js'
import { percent } from './tables.js'

const recordingsOf = (data: string): string[] =>
  [
    ...readdirSync(join(data, 'footage'))
      .filter((name) => name.endsWith('.mp4'))
      .map((name) => join('footage', name)),
    join('eyeblink8', 'driver-webcam-30s.mp4'),
  ].sort()

type Figures = ReturnType<typeof closureFigures> & {
  /** Outside of all marks. */
  awake: ReturnType<typeof awakeFigures>
  /** Outside of marked closures alone: lids lowered to look down count as awake here. */
  notClosed: ReturnType<typeof awakeFigures>
}

const sumOf = (all: readonly Figures[]): Figures => {
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0)
  const awakeSum = (which: 'awake' | 'notClosed') => ({
    seconds: sum((one) => one[which].seconds),
    falseSeconds: sum((one) => one[which].falseSeconds),
  })
  return {
    frames: sum(({ frames }) => frames),
    closed: sum(({ closed }) => closed),
    seen: sum(({ seen }) => seen),
    awake: awakeSum('awake'),
    notClosed: awakeSum('notClosed'),
  }
}

const rowOf = (model: string, file: string, { frames, closed, seen, awake, notClosed }: Figures): string => {
  const share = (count: number): string => (frames === 0 ? '–' : percent(count / frames))
  const seconds = [awake, notClosed].map((one) => `${one.seconds.toFixed(1)} | ${one.falseSeconds.toFixed(2)}`)
  return `| ${model} | ${file} | ${frames} | ${share(closed)} | ${share(seen)} | ${seconds.join(' | ')} |`
}

/** Closures found and seen, and awake people called closed, of the people that each of the jobs' models never saw. `data` holds the recordings. */
export const footageSection = async (jobs: readonly Job[], data: string) => {
  const files = recordingsOf(data)
  const marks = readMarks(join(data, 'footage'))
  const rows: string[] = []
  const all: Figures[] = []
  for (const job of jobs) {
    const own = FOOTAGE_PEOPLE.filter(({ name }) => job.footageTest.includes(name))
    const watched = await watch(
      jobOnnx(job.name),
      data,
      files.filter((file) => own.some((person) => person.files.test(file))),
    )
    for (const [file, moments] of watched) {
      const ofFile = marks.filter((mark) => join('footage', mark.file) === file)
      const closures = ofFile.filter(({ label }) => label === 'closed')
      const figures = {
        ...closureFigures(moments, ofFile),
        awake: awakeFigures(moments, ofFile),
        notClosed: awakeFigures(moments, closures),
      }
      all.push(figures)
      rows.push(rowOf(job.name, file, figures))
    }
  }
  const total = sumOf(all)
  const share = ({ seconds, falseSeconds }: Figures['awake']): string => `${percent(falseSeconds / seconds)} of the time`
  const text = [
    '| model | recording of people never seen | frames in closures | called closed | both eyes seen | seconds outside of marks | of them in runs > 0.5 s called closed ' +
      '| seconds outside of marked closures | of them in such runs |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    rowOf('all', '', total),
    '',
    `Called closed in runs > 0.5 s: outside of all marks ${share(total.awake)}, outside of marked closures alone (lids lowered to look down count as awake) ${share(total.notClosed)}.`,
  ].join('\n')
  return { name: 'recordings', text, json: total, svg: null }
}
