/**
 * Looks at frames with the installed program and calls umask around each stage, which scripts/arm64/count.c takes as its cue:
 * node frame.mjs INSTALLED RECORDING WARM-UP FRAMES. Prints one line a frame: whether both eyes were seen.
 */
import { pathToFileURL } from 'node:url'

const [installed, recording, warmUp, frames] = process.argv.slice(2)
const load = async (file) => import(pathToFileURL(`${installed}/dist/${file}`).href)
const { defaultConfig } = await load('config/schema.js')
const { openFileCamera } = await load('vision/camera/file.js')
const { openChain } = await load('vision/open.js')
const { createJudgement } = await load('judgement/index.js')
const { policyOf } = await load('judgement/policy.js')

const config = defaultConfig()
const camera = openFileCamera({ path: recording, loop: true, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
const chain = await openChain(config)
const judgement = createJudgement(policyOf(config.judgement))
const tell = () => process.umask(0o22)

for (let at = 0; at < Number(warmUp) + Number(frames); at++) {
  const counted = at >= Number(warmUp)
  if (counted) tell()
  const frame = await camera.next()
  if (counted) tell()
  const { observation } = await chain.look(frame, at)
  judgement.observe(observation)
  if (counted) tell()
  frame.release()
  console.error(`frame ${at} ${observation.left !== null && observation.right !== null ? 'seen' : 'unseen'}`)
}
await camera.close()
await chain.close()
