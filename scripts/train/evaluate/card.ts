/** Every figure of the model card, each from a model that never saw what it is tested on, as far as that model has been trained. */
import { existsSync } from 'node:fs'
import { loadCew } from '../data/cew.js'
import { type Cuts, loadCuts } from '../data/cut-footage.js'
import { type FootagePatch, labelFootage } from '../data/footage.js'
import { type Crop, loadMrl, type Mrl } from '../data/mrl.js'
import { JOBS, type Job, jobOf } from '../jobs.js'
import { CACHE, dataFolder, jobOnnx } from '../places.js'
import { howMuchSection } from './how-much.js'
import { frameMs, judge } from './judge.js'
import { narrowOpenRows } from './narrow.js'
import { cutFromRecordings, spoiledEyes } from './no-eye.js'
import { footageSection } from './recordings.js'
import { figuresOf, pictureOf, textOf } from './report.js'
import { accuracy, isRight, type Judged } from './scores.js'
import { disagreements, nearDuplicates, type Suspect } from './suspects.js'
import { percent, sliceTable } from './tables.js'

/** `text` Markdown; `json` for figures.json; `svg` the picture, where there is one; `files` by name, to lie beside. */
export type Section = { name: string; text: string; json: object; svg: string | null; files?: Readonly<Record<string, string>> }

/** `row` of the manifest. */
type Row = Judged & { crop: Crop; row: number }

const kinds: Record<string, (crop: Crop) => boolean> = {
  'with glasses': (crop) => crop.glasses,
  'without glasses': (crop) => !crop.glasses,
  'no reflection': (crop) => crop.reflections === 0,
  'small reflection': (crop) => crop.reflections === 1,
  'big reflection': (crop) => crop.reflections === 2,
  women: (crop) => crop.female,
  men: (crop) => !crop.female,
  'good light': (crop) => crop.goodLight,
  'bad light': (crop) => !crop.goodLight,
  'sensor 01, RealSense': (crop) => crop.sensor === '01',
  'sensor 02, IDS': (crop) => crop.sensor === '02',
  'sensor 03, Aptina': (crop) => crop.sensor === '03',
}

const perPerson = (rows: readonly Row[]): string =>
  sliceTable(
    'person',
    [...new Set(rows.map((row) => row.crop.subject))]
      .sort()
      .map((name) => ({ name, judged: rows.filter((row) => row.crop.subject === name) })),
  )

const perKind = (rows: readonly Row[], narrow: ReadonlySet<number>): string =>
  sliceTable('kind', [
    ...Object.entries(kinds).map(([name, is]) => ({ name, judged: rows.filter((row) => is(row.crop)) })),
    { name: 'narrow open eyes', judged: rows.filter((row) => narrow.has(row.row)) },
  ])

const judgeMrl = async (job: Job, mrl: Mrl, wanted: 'test' | 'all'): Promise<Row[]> => {
  const parts = job.partsOf(mrl.crops)
  const rows = mrl.crops.flatMap((_, row) => (wanted === 'all' || parts[row] === 'test' ? [row] : []))
  const judged = await judge(
    jobOnnx(job.name),
    mrl.test,
    rows,
    mrl.crops.map(({ closed }) => closed),
  )
  return judged.flatMap((one, at) => {
    const row = rows[at] ?? -1
    const crop = mrl.crops[row]
    return crop === undefined ? [] : [{ ...one, crop, row }]
  })
}

/** `narrow`: which rows are narrow open eyes; null leaves the slices out. */
const eyesSection = (name: string, rows: readonly Row[], narrow: ReadonlySet<number> | null): Section => ({
  name,
  text: [textOf(rows), ...(narrow === null ? [] : [perPerson(rows), perKind(rows, narrow)])].join('\n\n'),
  json: figuresOf(rows),
  svg: pictureOf(name, rows),
})

/** Of the crops that one model got wrong, how many others did too, which never saw the people in them. */
const wrongAsWell = (rows: readonly Row[], others: readonly Row[]): string => {
  const wrong = rows.filter((one) => !isRight(one))
  const wrongThere = new Set(others.filter((one) => !isRight(one)).map(({ row }) => row))
  return `Of its ${wrong.length} wrong crops the folds' models, which never saw these people, have ${wrong.filter(({ row }) => wrongThere.has(row)).length} wrong too.`
}

const mrlSections = async (mrl: Mrl, folds: readonly Job[], isDone: (name: string) => boolean): Promise<Section[]> => {
  const sections: Section[] = []
  const narrow = narrowOpenRows(mrl)
  const byFolds: Row[] = []
  for (const job of folds) byFolds.push(...(await judgeMrl(job, mrl, 'test')))
  if (folds.length > 0)
    sections.push(eyesSection(`people never seen, ${folds.length} of 5 folds`, byFolds, narrow), suspectSection(byFolds, mrl))
  if (isDone('held-out'))
    sections.push(eyesSection('people never seen, held-out run', await judgeMrl(jobOf('held-out'), mrl, 'test'), narrow))
  if (isDone('study')) {
    const rows = await judgeMrl(jobOf('study'), mrl, 'test')
    const section = eyesSection("the study's random split", rows, null)
    sections.push(folds.length === 5 ? { ...section, text: `${section.text}\n\n${wrongAsWell(rows, byFolds)}` } : section)
  }
  if (isDone('shipped'))
    sections.push(eyesSection('shipped model on what it was trained on', await judgeMrl(jobOf('shipped'), mrl, 'all'), narrow))
  return sections
}

/** The folds' figures again without the crops whose label is doubtful, and without those that show what another shows. */
const suspectSection = (rows: readonly Row[], mrl: Mrl): Section => {
  const doubtful = disagreements(rows)
  const judgedRows = new Set(rows.map(({ row }) => row))
  const repeated = nearDuplicates(mrl).filter(({ row }) => judgedRows.has(row))
  const without = (...lists: (readonly Suspect[])[]): Row[] => {
    const left = new Set(lists.flat().map(({ row }) => row))
    return rows.filter(({ row }) => !left.has(row))
  }
  const figures = {
    'all crops, labels as published': rows,
    'without doubtful labels': without(doubtful),
    'without near-duplicates': without(repeated),
    'without both': without(doubtful, repeated),
  }
  const list = [...doubtful.map((one) => ({ ...one, kind: 'label' })), ...repeated.map((one) => ({ ...one, kind: 'repeated' }))]
  return {
    name: 'suspects',
    text: [
      '| crops of people never seen | crops | right |',
      '|---|---|---|',
      ...Object.entries(figures).map(([name, judged]) => `| ${name} | ${judged.length} | ${percent(accuracy(judged))} |`),
    ].join('\n'),
    json: Object.fromEntries(Object.entries(figures).map(([name, judged]) => [name, { crops: judged.length, accuracy: accuracy(judged) }])),
    svg: null,
    files: {
      'suspects.csv': ['path,kind,why', ...list.map(({ row, kind, why }) => `${mrl.crops[row]?.path ?? ''},${kind},"${why}"`), ''].join(
        '\n',
      ),
    },
  }
}

const cewSection = async (): Promise<Section> => {
  const cew = loadCew(dataFolder())
  const rows = cew.closed.map((_, row) => row)
  const judged = await judge(jobOnnx('held-out'), cew.test, rows, cew.closed)
  const name = 'CEW, by a model trained without CEW'
  return { name, text: textOf(judged), json: figuresOf(judged), svg: pictureOf(name, judged) }
}

const noEyeSection = async (jobs: readonly Job[], mrl: Mrl, cuts: Cuts, patches: readonly FootagePatch[]): Promise<Section> => {
  const lines = [
    '| model | from recordings of people never seen | called visible | spoiled eyes of people never seen | called visible |',
    '|---|---|---|---|---|',
  ]
  const json: Record<string, object> = {}
  const folds = { recordings: { patches: 0, visible: 0 }, spoiled: { patches: 0, visible: 0 } }
  const share = ({ patches, visible }: { patches: number; visible: number }): string => percent(visible / patches)
  for (const job of jobs) {
    const model = jobOnnx(job.name)
    const recordings = await cutFromRecordings(model, cuts, patches, job.footageTest)
    const parts = job.partsOf(mrl.crops)
    const spoiled = await spoiledEyes(
      model,
      mrl,
      parts.flatMap((part, row) => (part === 'test' ? [row] : [])),
    )
    json[job.name] = { recordings, spoiled }
    if (job.name !== 'held-out')
      for (const [sum, { patches: more, visible }] of [
        [folds.recordings, recordings],
        [folds.spoiled, spoiled],
      ] as const) {
        sum.patches += more
        sum.visible += visible
      }
    lines.push(`| ${job.name} | ${recordings.patches} | ${share(recordings)} | ${spoiled.patches} | ${share(spoiled)} |`)
  }
  if (folds.spoiled.patches > 0) {
    json.folds = folds
    const { recordings, spoiled } = folds
    lines.push(`| all folds | ${recordings.patches} | ${share(recordings)} | ${spoiled.patches} | ${share(spoiled)} |`)
  }
  return { name: 'patches that are no eye', text: lines.join('\n'), json, svg: null }
}

/** Works through all models that are there, or those of `only`, and tells `say` each section as it is done. */
export const cardSections = async (only: readonly string[], say: (section: Section) => void): Promise<Section[]> => {
  const isDone = (name: string): boolean => existsSync(jobOnnx(name)) && (only.length === 0 || only.includes(name))
  const data = dataFolder()
  const mrl = loadMrl(data, CACHE)
  const folds = JOBS.filter(({ name }) => name.startsWith('fold-') && isDone(name))
  const sections: Section[] = []
  const add = (...more: Section[]): void => {
    for (const section of more) {
      sections.push(section)
      say(section)
    }
  }
  add(...(await mrlSections(mrl, folds, isDone)))
  if (folds.length > 0) add(await howMuchSection(folds, mrl))
  if (isDone('held-out')) add(await cewSection())
  const honest = [...(isDone('held-out') ? [jobOf('held-out')] : []), ...folds]
  if (honest.length > 0) {
    const cuts = await loadCuts(data, CACHE)
    add(await noEyeSection(honest, mrl, cuts, labelFootage(cuts, data)))
    // All five folds cover everybody; until then the held-out run fills in.
    add(await footageSection(folds.length === 5 ? folds : honest, data))
  }
  if (isDone('shipped')) {
    const ms = await frameMs(jobOnnx('shipped'), mrl.test)
    add({
      name: 'speed',
      text: `two eyes, normalising included, one thread, ONNX Runtime: ${ms.toFixed(2)} ms (median of the quietest of twelve blocks of 50, on a machine that others used too)`,
      json: { twoEyesMs: ms },
      svg: null,
    })
  }
  return sections
}
