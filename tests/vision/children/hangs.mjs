import { block, watch } from './speak.mjs'

watch((frame) => frame === 3 && block())
