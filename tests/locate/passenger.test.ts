import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSeen, type Observation } from '../../daemon/observation.js'
import { type Chain, createChain } from '../../daemon/vision/chain.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import type { DriverSide } from '../../daemon/vision/locate/driver.js'
import { createLocator } from '../../daemon/vision/locate/index.js'
import { shippedModel } from '../../daemon/vision/models.js'
import { dataFile } from '../data.js'
import { FPS, type Half, sideBySide, TILE } from './composite.js'

const awake = dataFile('footage', 'alert-talking.mp4')
const sleepy = dataFile('footage', 'closures-phone.mp4')

const modelsDir = fileURLToPath(new URL('../../models', import.meta.url))
const chains: Partial<Record<DriverSide, Chain>> = {}
const open = async (driverSide: DriverSide) => {
  const classifier = await createClassifier({ kind: 'onnx', model: shippedModel('onnx') })
  chains[driverSide] = createChain(await createLocator({ modelsDir, driverSide }), classifier)
}
beforeAll(() => Promise.all([open('auto'), open('left'), open('right')]))
afterAll(() => Promise.all(Object.values(chains).map((chain) => chain.close())))

const watch = async (side: DriverSide, left: Half, right: Half, seconds: number): Promise<Observation[]> => {
  const all: Observation[] = []
  const chain = chains[side]
  chain?.reset()
  for (const frame of sideBySide(left, right, seconds)) {
    try {
      const look = await chain?.look(frame, all.length)
      if (look !== undefined) all.push(look.observation)
    } finally {
      frame.release()
    }
  }
  return all
}

const half = ({ face }: Observation): 'left' | 'right' | null =>
  face === null ? null : face.box[0] + face.box[2] / 2 < TILE ? 'left' : 'right'
const halves = (all: readonly Observation[]) => [...new Set(all.map(half))]
const closed = (all: readonly Observation[]) =>
  all.filter(({ left, right }) => [left, right].some((eye) => isSeen(eye) && eye.closed >= 0.5))

// A minute of pictures takes 3 s of a quiet machine.
const SLOW_MS = 240_000

describe.skipIf(awake === null || sleepy === null)('with a passenger in the picture for 60 s who falls asleep', () => {
  const driver = { file: awake ?? '', scale: 1 }
  const passenger = { file: sleepy ?? '', scale: 0.7 }

  it.each([
    ['auto', 'bigger', driver, passenger, 'left'],
    ['left', 'smaller', { ...driver, scale: 0.6 }, { ...passenger, scale: 1 }, 'left'],
    ['right', 'on the right', passenger, driver, 'right'],
  ] as const)(
    'with the seat %s, the driver, who is %s, is watched and awake',
    { timeout: SLOW_MS },
    async (side, _, left, right, wanted) => {
      const all = await watch(side, left, right, 60)
      expect(all.filter((one) => half(one) === wanted).length / all.length).toBeGreaterThan(0.98)
      expect(halves(all).filter((one) => one !== null)).toEqual([wanted])
      // The passenger's are closed for half the time.
      expect(closed(all).length / all.length).toBeLessThan(0.15)
    },
  )

  it('when the driver is gone, there is no face, no closed eye, and the reason; when he is back, he is found', {
    timeout: SLOW_MS,
  }, async () => {
    const all = await watch('auto', { ...driver, until: 15, from: 60 }, passenger, 65)
    expect(halves(all.slice(0, 15 * FPS))).toEqual(['left'])
    const gone = all.slice(15 * FPS, 60 * FPS)
    expect(halves(gone)).toEqual([null])
    expect(closed(gone)).toEqual([])
    for (const { unseen } of gone) expect(unseen).toEqual({ left: 'no-face', right: 'no-face' })
    expect(halves(all.slice(61 * FPS))).toEqual(['left'])
  })

  it('when only the passenger is there from the first frame on, a configured side knows', { timeout: SLOW_MS }, async () => {
    const all = await watch('left', { ...driver, until: 0 }, passenger, 20)
    expect(halves(all)).toEqual([null])
  })
})
