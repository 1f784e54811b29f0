import { defineConfig } from 'vitest/config'

/** For tests that run inside the false sysfs; tests/inputs/gpio.test.ts starts them. */
export default defineConfig({ test: { include: ['*.inside.ts'], fileParallelism: false, testTimeout: 120_000 } })
