/** What the real vision process says, for children that then misbehave. */

const observation = (frame) => ({
  at: Number(process.hrtime.bigint()) / 1e6,
  frame,
  face: null,
  left: null,
  right: null,
  unseen: { left: 'no-face', right: 'no-face' },
  scene: { brightness: 100, sharpness: 50 },
})

export const say = (message) => process.connected && process.send(message)

/** Says `ready` once `first` is done, then an observation every 30 ms; calls `then(frame)` after each. */
export function watch(then, first = () => undefined, seen = null) {
  process.on('message', async ({ type }) => {
    if (type !== 'start') return
    await first()
    say({ type: 'ready', camera: 'a test', fps: 33, classifier: 'onnx', instead: null, onCpu: null, size: null, seen })
    let frame = 0
    setInterval(() => {
      say({ type: 'observed', observation: observation(frame), stageMs: { locate: 1, cut: 0.1, classify: 0.2 } })
      then(frame)
      frame += 1
    }, 30)
  })
}

/** Blocks this process for good, as a read in a hung driver does: only a signal ends it. */
export const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
