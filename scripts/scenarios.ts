/**
 * `npm run scenarios [-- NAME…]`: plays the stories of tests/judgement/stories to the judgement and prints what each raises.
 * `npm run scenarios -- --svg NAME|all FILE|FOLDER [--fps N]`: draws a story's timeline.
 * Exit code 1 where a story does not come out as it must.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { sentenceOf } from './scenarios/check.js'
import { faultsOverRuns } from './scenarios/grouped.js'
import { runName, runs } from './scenarios/runs.js'
import { readStories, type Story } from './scenarios/story.js'
import { timelineSvg } from './scenarios/svg.js'
import { tell } from './scenarios/tell.js'

const SHOWN_FPS = 15

function print(stories: readonly Story[]): number {
  let faulty = 0
  process.stdout.write(`| story | minutes | what follows, at ${SHOWN_FPS} frames a second |\n|---|---|---|\n`)
  const faults: string[] = []
  for (const story of stories) {
    const told = tell(story.timeline, { fps: SHOWN_FPS, rough: false, seed: 1 })
    const raised = told.decisions.map(sentenceOf).join(', ') || '–'
    process.stdout.write(`| ${story.title} (${story.name}) | ${(story.timeline.seconds / 60).toFixed(1)} | ${raised} |\n`)
    const wrong = faultsOverRuns(story).map((fault) => `${story.name}: ${fault}`)
    faults.push(...wrong)
    if (wrong.length > 0) faulty += 1
  }
  process.stdout.write(
    `\n${stories.length - faulty} of ${stories.length} stories come out as they must, at ${runs.map(runName).join(' · ')}\n`,
  )
  for (const fault of faults) process.stdout.write(`  ${fault}\n`)
  return faulty > 0 ? 1 : 0
}

function draw(stories: readonly Story[], which: string, out: string, fps: number): number {
  const svgOf = (story: Story) => timelineSvg(story, tell(story.timeline, { fps, rough: false, seed: 1 }))
  if (which === 'all') {
    for (const story of stories) {
      const file = path.join(out, `${story.name}.svg`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, svgOf(story))
    }
    process.stdout.write(`${stories.length} timelines in ${out}\n`)
    return 0
  }
  const story = stories.find(({ name }) => name === which)
  if (story === undefined) {
    process.stderr.write(`scenarios: there is no story "${which}"; npm run scenarios lists them\n`)
    return 2
  }
  writeFileSync(out, svgOf(story))
  return 0
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { svg: { type: 'string' }, fps: { type: 'string', default: String(SHOWN_FPS) } },
  })
  const stories = readStories()
  if (values.svg === undefined) return print(positionals.length === 0 ? stories : stories.filter(({ name }) => positionals.includes(name)))
  const [out] = positionals
  const fps = Number(values.fps)
  if (out === undefined || !(fps > 0)) {
    process.stderr.write('scenarios: use --svg NAME|all FILE|FOLDER [--fps N]\n')
    return 2
  }
  return draw(stories, values.svg, out, fps)
}

process.exitCode = main()
