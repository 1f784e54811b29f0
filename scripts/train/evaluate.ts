/**
 * `npm run evaluate`: every figure of the model card, through ONNX Runtime and the committed models; `-- --write` puts them into it,
 * `-- --job NAME` takes that model's alone.
 *
 * `npm run evaluate -- FOLDER|MANIFEST.csv [--close] [--model FILE] [--json OUT] [--svg OUT]` judges labelled pictures of single eyes of one's own:
 * a folder with closed/ and open/ (and none/ for what is no eye), or a manifest with the columns path and label; `--close` when they are cut as CEW's.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cardSections, type Section } from './evaluate/card.js'
import { judgeLabelled, readLabelled } from './evaluate/labelled.js'
import { figuresOf, pictureOf, textOf } from './evaluate/report.js'
import { EVALUATION, MODEL_CARD, SHIPPED_ONNX } from './places.js'
import { replaceBetween } from './replace-between.js'

const BEGIN = '<!-- figures: npm run evaluate -- --write -->'
const END = '<!-- end of figures -->'

const markdownOf = ({ name, text }: Section): string => `### ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n${text}\n`

const fileNameOf = (name: string): string => name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()

const write = (sections: readonly Section[]): void => {
  mkdirSync(EVALUATION, { recursive: true })
  writeFileSync(
    join(EVALUATION, 'figures.json'),
    `${JSON.stringify(Object.fromEntries(sections.map(({ name, json }) => [name, json])), null, 2)}\n`,
  )
  for (const { name, svg, files = {} } of sections) {
    if (svg !== null) writeFileSync(join(EVALUATION, `${fileNameOf(name)}.svg`), svg)
    for (const [file, content] of Object.entries(files)) writeFileSync(join(EVALUATION, file), content)
  }
  writeFileSync(MODEL_CARD, replaceBetween(readFileSync(MODEL_CARD, 'utf8'), BEGIN, END, sections.map(markdownOf).join('\n').trimEnd()))
}

type Told = { model: string; close: boolean; json?: string | undefined; svg?: string | undefined }

const evaluateLabelled = async (source: string, { model, close, json, svg }: Told): Promise<void> => {
  const { eyes, none } = await judgeLabelled(model, readLabelled(source), close ? 'close' : 'wide')
  if (eyes.length > 0) console.log(textOf(eyes))
  if (none.patches > 0) console.log(`no eye: ${none.patches} pictures, ${none.visible} called visible`)
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ source, model, ...(eyes.length > 0 ? figuresOf(eyes) : {}), none }, null, 2)}\n`)
  if (svg !== undefined && eyes.length > 0) writeFileSync(svg, pictureOf(source, eyes))
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: SHIPPED_ONNX },
    json: { type: 'string' },
    svg: { type: 'string' },
    close: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    job: { type: 'string', multiple: true, default: [] },
  },
})
const [source] = positionals
try {
  if (source !== undefined) await evaluateLabelled(source, values)
  else {
    if (values.write && values.job.length > 0)
      throw new Error(
        '--write puts the figures of all models into the card; with --job the others would be lost from it. Leave out one of the two',
      )
    const sections = await cardSections(values.job, (section) => console.log(markdownOf(section)))
    if (values.write) write(sections)
  }
} catch (fault) {
  console.error(`evaluate: ${fault instanceof Error ? fault.message : String(fault)}`)
  process.exitCode = 1
}
