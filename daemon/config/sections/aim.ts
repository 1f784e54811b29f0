import { z } from 'zod'

export const aim = z
  .strictObject({
    address: z
      .string()
      .regex(z.regexes.ipv4, { error: 'must be an IPv4 address of this machine, such as 192.168.4.1, or 0.0.0.0' })
      .default('0.0.0.0')
      .describe('IPv4 address of this machine on which the page listens; 0.0.0.0: all. Only the local network is answered.'),
    port: z.int().min(1024).max(65_535).default(8320).describe('Port of the page.'),
    minutes: z.number().min(1).max(60).default(15).describe('How long the page stays open, minutes.'),
  })
  .prefault({})
  .describe('The aim page, which kantukd aim opens: nothing listens otherwise.')
