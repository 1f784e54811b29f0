import { expect, it } from 'vitest'
import type { Picture } from '../../daemon/picture.js'
import type { Look } from '../../daemon/vision/chain.js'
import type { Frame } from '../../daemon/vision/pixels.js'
import { createShower } from '../../daemon/vision/shower.js'
import { observationOf } from '../../scripts/scenarios/look.js'
import { OPEN } from '../judgement/streams.js'
import { emptyFrame } from '../locate/faces.js'

/** A shower whose pipe the test opens and closes, offered frames at 15 a second. */
function onStage({ jpeg = async () => Buffer.from('JPEG') }: { jpeg?: Frame['jpeg'] } = {}) {
  const sent: Picture[] = []
  const complaints: string[] = []
  let arrive: () => void = () => undefined
  const shower = createShower(
    (picture) => {
      sent.push(picture)
      return new Promise((resolve) => {
        arrive = resolve
      })
    },
    async (why) => void complaints.push(why),
  )
  let frame = 0
  const look = (): Look => ({
    observation: observationOf(OPEN, frame * 66, frame, null),
    patches: { left: { width: 2, height: 2, data: Uint8Array.of(0, 1, 2, 255) }, right: null },
    stageMs: { locate: 0, cut: 0, classify: 0 },
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  async function offer(frames: number): Promise<void> {
    for (let count = 0; count < frames; count += 1) {
      shower.offer({ ...emptyFrame(frame * 66), jpeg }, look())
      frame += 1
      await settle()
    }
  }
  const hand = async () => {
    arrive()
    await settle()
  }
  return { shower, sent, complaints, offer, hand }
}

it('makes no picture until one is wanted, and none when it is wanted no more', async () => {
  const { shower, sent, offer, hand } = onStage()
  await offer(20)
  expect(sent).toEqual([])
  shower.every(200)
  await offer(1)
  await hand()
  shower.every(null)
  await offer(20)
  expect(sent).toHaveLength(1)
})

it('gives the frame with its size and what the network saw', async () => {
  const { shower, sent, offer } = onStage()
  shower.every(200)
  await offer(1)
  const gray = Buffer.from([0, 1, 2, 255]).toString('base64')
  expect(sent).toEqual([
    {
      ...{ frame: 0, at: 0, widthPx: 640, heightPx: 480 },
      jpeg: Buffer.from('JPEG').toString('base64'),
      patches: { left: { side: 2, gray }, right: null },
    },
  ])
})

it('makes one when it is due: five of fifteen frames a second', async () => {
  const { shower, sent, offer, hand } = onStage()
  shower.every(190)
  for (let frame = 0; frame < 15; frame += 1) {
    await offer(1)
    await hand()
  }
  expect(sent.map(({ frame }) => frame)).toEqual([0, 3, 6, 9, 12])
})

it('lets frames go by while the picture before is on its way', async () => {
  const { shower, sent, offer, hand } = onStage()
  shower.every(50)
  await offer(10)
  expect(sent.map(({ frame }) => frame)).toEqual([0])
  await hand()
  await offer(1)
  expect(sent.map(({ frame }) => frame)).toEqual([0, 10])
})

it('says why a picture cannot be made, and tries the next', async () => {
  const { shower, complaints, offer } = onStage({
    jpeg: async () => {
      throw new Error('cannot encode a picture')
    },
  })
  shower.every(50)
  await offer(2)
  expect(complaints).toEqual(['cannot encode a picture', 'cannot encode a picture'])
})
