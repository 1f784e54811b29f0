/**
 * `npm run evaluate`: prints every figure that models/README.md states, through ONNX Runtime and the committed models.
 *
 * The held-out model has never seen the test people: its figures are the honest ones. The shipped model has.
 */
import { existsSync } from 'node:fs'
import { loadCew } from './cew.js'
import { frameMs, judge, openModel } from './judge.js'
import { type Crop, loadMrl, type Mrl } from './mrl.js'
import { CACHE, dataFolder, HELD_OUT_ONNX, SHIPPED_ONNX } from './places.js'
import type { Judged } from './scores.js'
import { partOf, TEST_PEOPLE, VALIDATION_PEOPLE } from './split.js'
import { confusionTable, sliceTable, summary } from './tables.js'

type Row = Judged & { crop: Crop }

const judgeMrl = async (model: string, mrl: Mrl): Promise<Row[]> => {
  const classifier = await openModel(model)
  const judged = await judge(
    classifier,
    mrl.test,
    mrl.crops.map((crop) => crop.closed),
  )
  await classifier.close()
  return mrl.crops.flatMap((crop, at) => {
    const one = judged[at]
    return one === undefined ? [] : [{ ...one, crop }]
  })
}

const perPerson = (rows: readonly Row[]): string => {
  const people = [...new Set(rows.map((row) => row.crop.subject))]
  return sliceTable(
    'person',
    people.map((name) => ({ name, judged: rows.filter((row) => row.crop.subject === name) })),
  )
}

const perKind = (rows: readonly Row[]): string => {
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
  return sliceTable(
    'kind',
    Object.entries(kinds).map(([name, is]) => ({ name, judged: rows.filter((row) => is(row.crop)) })),
  )
}

const say = (...lines: string[]): void => console.log(`${lines.join('\n\n')}\n`)

const main = async (): Promise<void> => {
  for (const model of [HELD_OUT_ONNX, SHIPPED_ONNX]) {
    if (!existsSync(model)) throw new Error(`${model} is missing; npm run train makes it`)
  }
  const mrl = loadMrl(dataFolder(), CACHE)
  const cew = loadCew(dataFolder())

  const heldOut = await judgeMrl(HELD_OUT_ONNX, mrl)
  const unseen = heldOut.filter((row) => partOf(row.crop.subject, 'held-out') === 'test')
  say(`## Held-out model: ${TEST_PEOPLE.length} people it never saw (${TEST_PEOPLE.join(', ')})`, summary(unseen))
  say(confusionTable(unseen), perPerson(unseen), perKind(unseen))

  const shipped = await judgeMrl(SHIPPED_ONNX, mrl)
  const validation = shipped.filter((row) => VALIDATION_PEOPLE.includes(row.crop.subject))
  say(`## Shipped model: ${VALIDATION_PEOPLE.length} people not trained on, but stopped and calibrated by`, summary(validation))
  say(confusionTable(validation), perPerson(validation))
  say('## Shipped model: all MRL crops, most of them trained on', summary(shipped))
  say(confusionTable(shipped), perPerson(shipped), perKind(shipped))

  for (const [name, model] of [
    ['Held-out', HELD_OUT_ONNX],
    ['Shipped', SHIPPED_ONNX],
  ] as const) {
    const classifier = await openModel(model)
    const judged = await judge(classifier, cew.pixels, cew.closed)
    await classifier.close()
    say(`## ${name} model: CEW, another data set, never trained on`, summary(judged), confusionTable(judged))
  }

  const ms = await frameMs(SHIPPED_ONNX, cew.pixels)
  say('## Speed', `two eyes, one thread, ONNX Runtime: median ${ms.toFixed(2)} ms`)
}

await main()
