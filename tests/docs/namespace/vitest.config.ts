import { defineConfig } from 'vitest/config'

/** The walk of docs/install.md on the false sysfs; tests/docs/walk.test.ts starts it. */
export default defineConfig({ test: { include: ['*.inside.ts'], fileParallelism: false, testTimeout: 240_000 } })
