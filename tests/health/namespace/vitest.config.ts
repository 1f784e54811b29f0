import { defineConfig } from 'vitest/config'

/** For tests that run inside the false sysfs; tests/health/strained.test.ts starts them. */
export default defineConfig({ test: { include: ['*.inside.ts'], fileParallelism: false, testTimeout: 240_000 } })
