/** Pictures of all sizes and kinds before the real chain: each gives an observation that the other process takes. */
import { defaultConfig } from '../../../daemon/config/schema.js'
import { observation } from '../../../daemon/observation.js'
import { matFrame } from '../../../daemon/vision/frame.js'
import { openChain } from '../../../daemon/vision/open.js'
import { opencv } from '../../../daemon/vision/opencv.js'
import { createPainter } from '../../demo/face/painter.js'
import type { Random } from '../../train/random.js'
import { pick } from '../mutate.js'
import { checkTime, type Target, trying } from './types.js'

type Picture = { width: number; height: number; pixels: Buffer }
const draw = createPainter()

const SIZES = [...[1, 2, 3, 7, 16, 33, 64, 120, 160, 240, 320]] as const

const kinds: readonly ((picture: Picture, random: Random) => void)[] = [
  ({ pixels }, random) => void pixels.fill(random.below(256)),
  ({ pixels }, random) => {
    for (let at = 0; at < pixels.length; at++) pixels[at] = random.below(256)
  },
  ({ pixels, width }, random) => {
    const step = 1 + random.below(width * 3)
    for (let at = 0; at < pixels.length; at++) pixels[at] = Math.floor(at / step) * 37
  },
]

/** A drawn face in any posture, with a part of the picture overwritten. */
const face = (random: Random): Picture => {
  const [width, height] = [320, 240]
  const lids = { left: random.uniform(), right: random.uniform() }
  const angle = (most: number) => random.between(-most, most)
  const drawn = draw(
    {
      lidsClosed: lids,
      gazeYawDegrees: angle(40),
      yawDegrees: angle(60),
      pitchDegrees: angle(40),
      rollDegrees: angle(40),
      seed: random.below(1e6),
    },
    width,
    height,
  )
  const pixels = Buffer.from(drawn.buffer.slice(0))
  const from = random.below(pixels.length)
  if (random.chance(0.6)) pixels.fill(random.below(256), from, from + random.below(pixels.length - from))
  return { width, height, pixels }
}

const pictureOf = (random: Random): Picture => {
  if (random.chance(0.3)) return face(random)
  const [width, height] = [pick(random, SIZES), pick(random, SIZES)]
  const picture = { width, height, pixels: Buffer.alloc(3 * width * height) }
  pick(random, kinds)(picture, random)
  return picture
}

export const frames: Target = async (random, inputs, mayGoOn) => {
  const cv = opencv()
  const chain = await openChain(defaultConfig())
  let faces = 0
  try {
    for (let n = 0; n < inputs; n++) {
      checkTime(n, mayGoOn)
      const { width, height, pixels } = pictureOf(random)
      const frame = matFrame(new cv.Mat(pixels, height, width, cv.CV_8UC3), n * 66)
      try {
        faces += await trying(`picture ${n}, ${width}x${height}`, async () => {
          const look = await chain.look(frame, n)
          return Number(observation.parse(JSON.parse(JSON.stringify(look.observation))).face !== null)
        })
      } finally {
        frame.release()
      }
    }
    return faces
  } finally {
    await chain.close()
  }
}
