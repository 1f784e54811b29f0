import { say } from './speak.mjs'

process.on('message', ({ type }) => {
  if (type !== 'start') return
  say({ type: 'failed', code: 'camera-missing', message: 'camera.device /dev/video7 does not exist; no camera is plugged in' })
  // Not from within the handler: Node 20 then trips over its own channel.
  setImmediate(() => process.disconnect())
})
