import { block, say } from './speak.mjs'

// Hangs while it opens its camera, as in a driver.
process.on('message', ({ type }) => {
  if (type !== 'start') return
  say({ type: 'starting', stage: 'opening the camera' })
  setTimeout(block, 10)
})
