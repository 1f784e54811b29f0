import { z } from 'zod'

export const health = z
  .strictObject({
    port: z
      .int()
      .min(1024)
      .max(65_535)
      .nullable()
      .default(null)
      .describe('Port of 127.0.0.1 that serves /healthz and /metrics (Prometheus) to programs of this machine; null: none.'),
  })
  .prefault({})
  .describe('Health for programs of this machine.')
