/** Runs the yardstick of reference.ts, as ONNX Runtime runs ours. */
import { onnxRuntime } from '../../daemon/vision/onnxruntime.js'
import { REFERENCE_SIDE, referenceModel } from './reference.js'

/** Loads the reference network; each call is one run on one picture. */
export async function openReference(): Promise<() => Promise<unknown>> {
  const { InferenceSession, Tensor } = await onnxRuntime()
  const session = await InferenceSession.create(referenceModel(), { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 })
  const pixels = Float32Array.from({ length: 3 * REFERENCE_SIDE ** 2 }, (_, at) => Math.sin(at))
  const feeds = { picture: new Tensor('float32', pixels, [1, 3, REFERENCE_SIDE, REFERENCE_SIDE]) }
  return () => session.run(feeds)
}
