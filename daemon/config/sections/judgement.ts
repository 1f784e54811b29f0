import { z } from 'zod'

export const judgement = z
  .strictObject({
    // Calibrated probability: 0.5 is where either answer is as likely; the range keeps the technician from turning detection off.
    closedAbove: z.number().min(0.3).max(0.8).default(0.5).describe('An eye counts as closed from this probability on.'),
    // Euro NCAP 2026: a microsleep is a closure of 1–2 s.
    microsleepSeconds: z.number().min(0.8).max(2).default(1).describe('Closure that raises a microsleep (level 2), seconds.'),
    // Euro NCAP: sleep is a closure of 3 s or more.
    sleepSeconds: z
      .number()
      .min(2)
      .max(5)
      .default(3)
      .describe('Closure that raises sleep (level 3), seconds. Longer than microsleepSeconds.'),
    // Euro NCAP: what keeps the system from seeing is told within 10 s; with a frame and a beep to spare.
    eyesNotSeenSeconds: z
      .number()
      .min(3)
      .max(9.5)
      .default(8)
      .describe('Time without sight of the eyes after which the driver is told, seconds.'),
    // An alert keeps a driver awake for about a minute: quiet for longer than that would be a pause.
    acknowledgeSeconds: z
      .number()
      .min(5)
      .max(60)
      .default(30)
      .describe('Time for which the acknowledge button quiets the sound of levels 1 and 2, seconds. Never levels 3 and 4.'),
  })
  .prefault({})
  .describe('When the driver is warned.')
