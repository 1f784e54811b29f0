import { watch } from './speak.mjs'

// Ignores everything but SIGKILL.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)
watch(() => undefined)
