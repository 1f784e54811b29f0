/** A story that is written wrong must say so: a technician has no debugger. */
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../scripts/scenarios/check.js'
import { stepsOf } from '../../scripts/scenarios/drive.js'
import { parseStory, StoryError } from '../../scripts/scenarios/story.js'
import { timelineSvg } from '../../scripts/scenarios/svg.js'
import { tell } from '../../scripts/scenarios/tell.js'

const story = (happens: string, must: string) => parseStory('test', `story: a test\nhappens: [${happens}]\nmust: ${must}`)
const run = { fps: 15, rough: false, seed: 1 }
const faults = (happens: string, must: string) => {
  const told = story(happens, must)
  return faultsOf(told, tell(told.timeline, run))
}
const NAP = '"drives 70 s", nap: "eyes closed 2 s", "drives 10 s"'

describe('what is written wrong', () => {
  it.each([
    ['"drives 20 hours"', 'nothing', 'drives {s}'],
    ['"dances 2 s"', 'nothing', 'is no phrase'],
    ['"drives 20 s"', '["microslep 2 at 1 s"]', '"microslep" is no rule'],
    ['"drives 20 s"', '["microsleep 2 at nap + 1 s"]', 'the labels the story'],
    ['"drives 20 s"', '["perhaps"]', '"perhaps" is no expectation'],
    ['', 'nothing', 'happens'],
  ])('[%s], must %s: is told with the cure', (happens, must, words) => {
    expect(() => story(happens, must)).toThrow(StoryError)
    expect(() => story(happens, must)).toThrow(words)
  })
})

describe('what does not come out as it must', () => {
  it('a right story has no fault', () => {
    expect(faults(NAP, '["microsleep 2 at nap + 1 s", "microsleep ended at end of nap + 1 s"]')).toEqual([])
  })

  it.each([
    ['nothing', 'not asked for: microsleep 2 at 71.00 s'],
    ['["microsleep 2 at nap + 1 s", "sleep 3 at nap + 3 s"]', 'missing: sleep 3 at nap + 3 s'],
    ['["microsleep 2 at nap + 1.5 s"]', 'missing: microsleep 2 at nap + 1.5 s'],
    ['["microsleep 2 at nap + 1 s", "signal alarm from nap + 1 s to end of nap"]', 'missing: signal alarm from nap + 1 s to end of nap'],
    ['["microsleep 2 at nap + 1 s", "level 0 from nap to end of nap"]', 'missing: level 0 from nap to end of nap'],
    ['["microsleep 2 at nap + 1 s", "microsleep is quiet"]', 'missing: microsleep is quiet'],
    ['["microsleep 2 at nap + 1 s", "2 incidents"]', 'missing: 2 incidents'],
    ['["microsleep 2 at nap + 1 s", "confidence of microsleep at most 0.5"]', 'missing: confidence of microsleep at most 0.5'],
  ])('must %s: is a fault', (must, fault) => {
    expect(faults(NAP, must)).toContain(fault)
  })
})

describe('a drive', () => {
  it('is the same at every run, and other frames show the same blinks', () => {
    const { timeline } = story('"drives 2 min"', 'nothing')
    expect(stepsOf(timeline, run)).toEqual(stepsOf(timeline, run))
    const blinks = (fps: number) => {
      const states = stepsOf(timeline, { ...run, fps }).map(({ observation }) => (observation.left?.closed ?? 0) > 0.5)
      return states.filter((isClosed, i) => isClosed && states[i - 1] !== true).length
    }
    expect(blinks(15)).toBeGreaterThan(20)
    expect(blinks(15)).toBe(blinks(30))
  })

  it('rough: time stamps jitter but never go back, and now and then no eye is seen', () => {
    const { timeline } = story('"drives 1 min"', 'nothing')
    const steps = stepsOf(timeline, { ...run, rough: true })
    const times = steps.map(({ observation }) => observation.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times.map((t, i) => Math.round(t - (times[i - 1] ?? 0)))).size).toBeGreaterThan(5)
    const unseen = steps.filter(({ observation }) => observation.left === null).length
    expect(unseen).toBeGreaterThan(3)
    expect(unseen).toBeLessThan(0.1 * steps.length)
  })

  it('out of order, a time stamp goes back; doubled, it comes twice', () => {
    const timesOf = (how: string) =>
      stepsOf(story(`"observations ${how}", "drives 10 s"`, 'nothing').timeline, run).map(({ observation }) => observation.at)
    const isBack = (t: number, i: number, all: readonly number[]) => t < (all[i - 1] ?? 0)
    expect(timesOf('in order').some(isBack)).toBe(false)
    expect(timesOf('out of order').some(isBack)).toBe(true)
    expect(timesOf('doubled')).toHaveLength(2 * timesOf('in order').length)
  })
})

it('a timeline is drawn with its events, and with nothing that breaks the XML', () => {
  const told = parseStory('test', `story: "Quotes & <angles>"\nhappens: [${NAP}]\nmust: nothing`)
  const svg = timelineSvg(told, tell(told.timeline, run))
  expect(svg).toContain('71.00 s  microsleep level 2')
  expect(svg).toContain('Quotes &amp; &lt;angles&gt;')
  expect(svg).not.toContain('NaN')
})
