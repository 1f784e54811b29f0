import { say, watch } from './speak.mjs'

// Takes long to start, a little at a time; then sees.
watch(
  () => undefined,
  async () => {
    for (let step = 0; step < 20; step++) {
      say({ type: 'starting', stage: 'waiting for pictures' })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  },
)
