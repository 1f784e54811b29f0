import { watch } from './speak.mjs'

watch((frame) => frame === 3 && process.kill(process.pid, 'SIGSEGV'))
