/**
 * A picture that was asked for: the only way in which one crosses the process border. Nothing asks for it unless somebody has opened the
 * aim page, or evidence is on.
 */
import { z } from 'zod'

/** What the network saw of one eye: gray, row by row, 0..255, `side` × `side`; base64. */
const patch = z.object({ side: z.number().int().positive(), gray: z.string() })

export const picture = z.object({
  /** Of the observation that was made of the same frame. */
  frame: z.number().int().nonnegative(),
  at: z.number(),
  /** The frame, made smaller where it was wide; base64. */
  jpeg: z.string(),
  /** Size of the frame itself, in whose px observations count. */
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  /** Null where the eye was not located. */
  patches: z.object({ left: patch.nullable(), right: patch.nullable() }),
})

export type Picture = z.infer<typeof picture>
