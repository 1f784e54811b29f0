/**
 * A story: what a driver does, and what must follow. One YAML file each, in tests/judgement/stories; its README says how to write one.
 * This file reads it; the words are in vocabulary.ts and expectation.ts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { seeded } from '../train/random.js'
import { type Expectation, type Labels, parseExpectation, parseMay } from './expectation.js'
import { findPhrase } from './phrase.js'
import { createStage, type Timeline } from './stage.js'
import { vocabulary } from './vocabulary.js'

/** Where the stories lie. */
export const storiesFolder = fileURLToPath(new URL('../../tests/judgement/stories/', import.meta.url))

export type Story = {
  /** Folder and file without the ending: `closures/nap`. */
  name: string
  title: string
  why: string | null
  timeline: Timeline
  must: readonly Expectation[]
  /** `rule/level`: allowed, not asked for. */
  may: ReadonlySet<string>
}

/** A story that cannot be read; the message names the file, the line's text and the cure. */
export class StoryError extends Error {
  readonly code = 'story-invalid'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoryError'
  }
}

type Happening = string | { [key: string]: string | Happening[] }
const happening: z.ZodType<Happening> = z.lazy(() => z.union([z.string(), z.record(z.string(), z.union([z.string(), z.array(happening)]))]))
const file = z.strictObject({
  story: z.string(),
  why: z.string().optional(),
  happens: z.array(happening).min(1),
  must: z.union([z.literal('nothing'), z.array(z.string()).min(1)]),
  may: z.array(z.string()).default([]),
})

const TIMES = /^(\d+) times$/

function perform(
  happenings: readonly Happening[],
  stage: ReturnType<typeof createStage>,
  labels: Map<string, { fromS: number; toS: number }>,
) {
  const say = (text: string): void => {
    const found = findPhrase(vocabulary, text)
    if (found === null) {
      const firstWord = text.split(' ')[0] ?? ''
      const near = vocabulary.map((p) => p.template).filter((template) => template.startsWith(firstWord))
      const hint = near.length > 0 ? near : vocabulary.map((p) => p.template)
      throw new StoryError(`"${text}" is no phrase of scripts/scenarios/vocabulary.ts; there are: ${hint.join(' · ')}`)
    }
    found.phrase.perform(stage, found.values)
  }
  for (const one of happenings) {
    if (typeof one === 'string') {
      say(one)
      continue
    }
    for (const [key, value] of Object.entries(one)) {
      const times = TIMES.exec(key)
      const fromS = stage.nowS
      const inner = typeof value === 'string' ? [value] : value
      for (let i = 0; i < (times === null ? 1 : Number(times[1])); i++) perform(inner, stage, labels)
      if (times === null && !labels.has(key)) labels.set(key, { fromS, toS: stage.nowS })
    }
  }
}

/** The same story at every run: its chance is seeded by its name. */
const seedOf = (name: string): number => [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7)

/**
 * @param name `closures/nap`, for messages and the seed
 * @param text the YAML
 * @throws StoryError
 */
export function parseStory(name: string, text: string): Story {
  try {
    const told = file.parse(parse(text))
    const stage = createStage(seeded(seedOf(name)))
    const labels: Labels = new Map()
    perform(told.happens, stage, labels)
    const timeline = stage.timeline()
    labels.set('the story', { fromS: 0, toS: timeline.seconds })
    const must = told.must === 'nothing' ? [] : told.must.map((line) => parseExpectation(line, labels))
    return { name, title: told.story, why: told.why ?? null, timeline, must, may: new Set(told.may.map(parseMay)) }
  } catch (fault) {
    const why = fault instanceof z.ZodError ? z.prettifyError(fault) : fault instanceof Error ? fault.message : String(fault)
    throw new StoryError(`${name}.yaml: ${why}`, { cause: fault })
  }
}

/** All stories, in order of their names. */
export function readStories(folder = storiesFolder): Story[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parseStory(name.replace(/\.yaml$/, ''), readFileSync(path.join(folder, name), 'utf8')))
}
