import { say } from './speak.mjs'

// Says again and again that it goes on, and never sees.
process.on('message', ({ type }) => type === 'start' && setInterval(() => say({ type: 'starting', stage: 'waiting for pictures' }), 100))
