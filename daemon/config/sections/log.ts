import { z } from 'zod'

export const log = z
  .strictObject({
    level: z.enum(['error', 'warn', 'info', 'debug', 'trace']).default('info').describe('The least severe entries that are kept.'),
    format: z
      .enum(['auto', 'pretty', 'journal', 'json'])
      .default('auto')
      .describe('auto: pretty on a terminal, journal under systemd, else json (one object a line).'),
  })
  .prefault({})
  .describe('What is written to the log.')
