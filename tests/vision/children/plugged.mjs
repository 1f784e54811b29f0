import { dirname } from 'node:path'
import { say, watch } from './speak.mjs'

// Sees with a camera that has a name, as the real one would tell it, until that is pulled out.
process.once('message', (start) => {
  const { device } = start.config.camera
  const camera = { device, name: 'camera A', id: `${dirname(device)}/v4l/by-id/usb-A`, socket: null, part: ':1.0-video-index0', beside: [] }
  watch(
    (frame) => {
      if (frame !== 3) return
      say({ type: 'failed', code: 'camera-lost', message: 'camera A gives no more frames' })
      setImmediate(() => process.disconnect())
    },
    () => undefined,
    { camera, isStandIn: false },
  )
  process.emit('message', start)
})
