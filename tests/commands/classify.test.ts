import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { opencv } from '../../daemon/vision/opencv.js'
import { drawnDriver } from '../drawn-driver.js'
import { kantukd, scratch } from './program.js'

const folder = scratch()
const file = (name: string) => path.join(folder, `${name}.png`)

/** Frames of the drawn driver as pictures: awake (2 s), asleep (10 s), and a wall. */
beforeAll(() => {
  const cv = opencv()
  const video = new cv.VideoCapture(drawnDriver)
  for (let frame = 0; frame <= 150; frame++) {
    const mat = video.read()
    if (frame === 30) cv.imwrite(file('awake'), mat)
    if (frame === 150) cv.imwrite(file('asleep'), mat)
    mat.release()
  }
  video.release()
  const wall = new cv.Mat(120, 160, cv.CV_8UC3, [120, 120, 120])
  cv.imwrite(file('wall'), wall)
  wall.release()
})

const answers = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

// Both eyes of the drawn driver are there to be judged.
const clearly = expect.closeTo(1, 1)

describe('classify', () => {
  it('tells open from closed from not seen, with both eyes', () => {
    const { code, stdout } = kantukd(['classify', '--json', file('awake'), file('asleep'), file('wall')])
    expect(code).toBe(0)
    expect(answers(stdout)).toEqual([
      { file: file('awake'), state: 'open', closed: expect.any(Number), visible: clearly, eyes: [expect.anything(), expect.anything()] },
      { file: file('asleep'), state: 'closed', closed: expect.any(Number), visible: clearly, eyes: [expect.anything(), expect.anything()] },
      { file: file('wall'), state: 'unseen', closed: 0, visible: 0, eyes: [] },
    ])
  })

  it('reads names from stdin, answers in their order under exactly those names, and goes on after one that is missing', () => {
    const names = [file('awake'), './nowhere.png', file('asleep')]
    const { code, stdout } = kantukd(['classify', '--eye', '--json', '-'], `${names.join('\n')}\n`)
    expect(code).toBe(1)
    expect(answers(stdout).map((answer) => answer.file)).toEqual(names)
  })

  it('speaks in sentences without --json', () => {
    const { stdout } = kantukd(['classify', file('asleep'), file('wall')])
    expect(stdout).toMatch(/asleep\.png: closed \(closed with probability 0\.\d+\)\n.*wall\.png: eyes not seen/)
  })
})
