/** Frames and faults given by a script: a test's or a demonstration's camera, with a knob for each fault a real one has. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { monotonicMs } from '../../monotonic.js'
import { matFrame } from '../frame.js'
import { guarded, type Mat, opencv } from '../opencv.js'
import { type Mounting, orient } from './orient.js'
import { type Camera, CameraError } from './types.js'

const step = z.union([
  /** The same picture for a while: a file beside the script, or a gray of 0..255. */
  z.strictObject({ picture: z.string().optional(), gray: z.number().min(0).max(255).optional(), seconds: z.number().positive() }),
  /** `unplugged`: reading fails. `hang`: reading never returns, blocking the whole process as a driver can. `crash`: the process dies of SIGSEGV. */
  z.strictObject({ fault: z.enum(['unplugged', 'hang', 'crash']) }),
])
const script = z.strictObject({
  fps: z.number().min(1).max(60),
  widthPx: z.number().int().positive().default(640),
  heightPx: z.number().int().positive().default(480),
  loop: z.boolean().default(false),
  steps: z.array(step).min(1),
})
export type Script = z.input<typeof script>

/** @throws CameraError `camera-missing` or `camera-script` */
export function readScript(file: string): z.infer<typeof script> {
  if (!existsSync(file)) throw new CameraError('camera-missing', `the camera script ${file} does not exist`)
  try {
    return script.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (fault) {
    const why = fault instanceof z.ZodError ? z.prettifyError(fault) : String(fault)
    throw new CameraError('camera-script', `the camera script ${file} cannot be used: ${why}`, fault)
  }
}

const UPRIGHT: Mounting = { rotateDegrees: 0, mirror: false }

/**
 * Plays a script in real time on the monotonic clock.
 * @param folder where the pictures of the script lie
 */
export function scriptedCamera(input: Script, folder: string, mounting: Mounting = UPRIGHT): Camera {
  const { fps, widthPx, heightPx, loop, steps } = script.parse(input)
  const cv = opencv()
  let index = 0
  let leftOfStep = 0
  let dueMs = monotonicMs()

  // Each picture is read or filled once and copied.
  const drawn = new Map<string, Mat>()

  function draw(name: string | undefined, gray: number): Mat {
    const key = name ?? String(gray)
    const source = drawn.get(key) ?? (name === undefined ? plain(gray) : load(name))
    drawn.set(key, source)
    return source.copy()
  }

  // Out of a buffer: the binding's own filling takes 90 ms for a picture.
  const plain = (gray: number): Mat => new cv.Mat(Buffer.alloc(3 * heightPx * widthPx, gray), heightPx, widthPx, cv.CV_8UC3)

  function load(name: string): Mat {
    const file = path.resolve(folder, name)
    const mat = guarded(`cannot read ${file}`, () => cv.imread(file))
    if (mat.empty) throw new CameraError('camera-script', `the picture ${file} of the camera script cannot be read`)
    return mat
  }

  async function close(): Promise<void> {
    for (const mat of drawn.values()) mat.release()
    drawn.clear()
  }

  async function next() {
    const current = steps[index]
    if (current === undefined) return null
    if ('fault' in current) {
      if (current.fault === 'crash') process.kill(process.pid, 'SIGSEGV')
      // Blocks this thread for good, as a read in a hung driver does; only a signal ends it.
      if (current.fault === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      throw new CameraError('camera-lost', 'the scripted camera was unplugged')
    }
    if (leftOfStep === 0) leftOfStep = Math.max(1, Math.round(current.seconds * fps))
    leftOfStep -= 1
    if (leftOfStep === 0) index = loop && index === steps.length - 1 ? 0 : index + 1
    dueMs += 1000 / fps
    const waitMs = dueMs - monotonicMs()
    if (waitMs > 0) await sleep(waitMs)
    return matFrame(orient(draw(current.picture, current.gray ?? 0), mounting), monotonicMs())
  }

  return { name: 'scripted camera', fps, next, close }
}
