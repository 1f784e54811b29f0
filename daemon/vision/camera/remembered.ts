/** What the main process keeps of a camera that was seen, so that the next vision process finds it again; it crosses the border between them. */
import { z } from 'zod'

const remembered = z.object({
  /** `camera.device` at that time: of another it says nothing. */
  device: z.string(),
  /** For people. */
  name: z.string(),
  /** As in UsbCamera; null also where a twin may bear the same. */
  id: z.string().nullable(),
  socket: z.string().nullable(),
  part: z.string(),
  /** Ids and sockets of the cameras beside it, which are never taken for it. */
  beside: z.array(z.string()),
})

/** `isStandIn`: another is watched in its place, for as long as it is away. */
export const seen = z.object({ camera: remembered, isStandIn: z.boolean() })
/** `absentMs`: since it was last watched, ms. */
export const absent = z.object({ camera: remembered, absentMs: z.number().nonnegative() })

export type Remembered = z.infer<typeof remembered>
export type Seen = z.infer<typeof seen>
export type Absent = z.infer<typeof absent>
