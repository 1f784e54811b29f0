import { say, watch } from './speak.mjs'

// Sees with one camera, and with no other.
process.once('message', (start) => {
  const { device } = start.config.camera
  if (device === '/dev/video0') {
    watch(() => undefined)
    process.emit('message', start)
    process.on('message', ({ type }) => type === 'stop' && process.exit(0))
  } else {
    say({ type: 'failed', code: 'camera-missing', message: `camera.device ${device} does not exist` })
    setImmediate(() => process.disconnect())
  }
})
