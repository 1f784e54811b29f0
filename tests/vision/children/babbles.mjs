import { say } from './speak.mjs'

process.on('message', () => say({ type: 'observed', observation: { at: 'yesterday' } }))
