import { watch } from './speak.mjs'

watch(() => undefined)
process.on('message', ({ type }) => type === 'stop' && process.exit(0))
