/** Plays every story of this folder at three rates, clean and rough, and holds what followed against what must follow. */
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../../scripts/scenarios/check.js'
import { runName, runs } from '../../../scripts/scenarios/runs.js'
import { readStories } from '../../../scripts/scenarios/story.js'
import { tell } from '../../../scripts/scenarios/tell.js'

describe.each(readStories())('$title ($name)', (story) => {
  it.each(runs.map((run) => ({ run, name: runName(run) })))('at $name', ({ run }) => {
    expect(faultsOf(story, tell(story.timeline, run))).toEqual([])
  })
})
