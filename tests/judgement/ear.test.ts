/** Real signals of people awake (eye aspect ratio). They are not part of the project: without them these tests say that they are skipped. */
import { expect, it } from 'vitest'
import { judgeRecording, recordings } from '../../scripts/ear/judged.js'
import { dataFile } from '../data.js'

const folder = dataFile('eyeblink8', 'labels')

it.skipIf(folder === null).each(recordings)('%s: minutes awake raise nothing of level 2 or more', (name) => {
  expect(judgeRecording(folder ?? '', name).raised.filter(({ level }) => level >= 2)).toEqual([])
})

it.skipIf(folder === null)('blinks of video4 are seen as labelled: recall and precision of at least 80 %', () => {
  const { score } = judgeRecording(folder ?? '', 'video4')
  expect(score.labelled).toBe(30)
  expect(score.recall).toBeGreaterThanOrEqual(0.8)
  expect(score.precision).toBeGreaterThanOrEqual(0.8)
})
