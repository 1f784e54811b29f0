/** Our contender: the chain and the judgement on runs of decoded frames. One line of JSON a run: times in ms, frames with both eyes. */
import { openSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { defaultConfig } from '../../../daemon/config/schema.js'
import { createJudgement } from '../../../daemon/judgement/index.js'
import { policyOf } from '../../../daemon/judgement/policy.js'
import { matFrame } from '../../../daemon/vision/frame.js'
import { openChain } from '../../../daemon/vision/open.js'
import { opencv } from '../../../daemon/vision/opencv.js'

const order = z.object({ file: z.string(), offset: z.number(), width: z.number(), height: z.number(), frames: z.number(), fps: z.number() })

const config = defaultConfig()
const chain = await openChain(config)

async function take(text: string) {
  const { file, offset, width, height, frames, fps } = order.parse(JSON.parse(text))
  const cv = opencv()
  const source = openSync(file, 'r')
  const judgement = createJudgement(policyOf(config.judgement))
  chain.reset()
  const [ms, cpuMs]: [number[], number[]] = [[], []]
  let found = 0
  for (let index = 0; index < frames; index++) {
    const pixels = Buffer.alloc(width * height * 3)
    readSync(source, pixels, 0, pixels.length, offset + index * pixels.length)
    const frame = matFrame(new cv.Mat(pixels, height, width, cv.CV_8UC3), (index * 1000) / fps)
    const cpuBefore = process.cpuUsage()
    const startMs = performance.now()
    const { observation } = await chain.look(frame, index)
    judgement.observe(observation)
    ms.push(performance.now() - startMs)
    const { user, system } = process.cpuUsage(cpuBefore)
    cpuMs.push((user + system) / 1000)
    if (observation.left !== null && observation.right !== null) found += 1
    frame.release()
  }
  return { ms, cpuMs, found }
}

process.stdout.write('{"ready":true}\n')
for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(await take(line))}\n`)
